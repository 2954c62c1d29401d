// Domains: RFC 1035 section 2.3.4 (lengths), UTS 46 (IDN). URLs: the WHATWG URL standard decides what parses;
// everything behind the host is kept as it was written.
import { parseIpv4, parseIpv6 } from "./address";
import { isReservedAddress } from "./special-ranges";

type Result = { ok: true; value: string } | { ok: false; problem: string };

const asciiDomain = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$/;

/** A domain in lower-case ASCII (IDN as punycode) without trailing dot; `*.` and `.` before it are taken off. */
export function normaliseDomain(raw: string): Result {
  const lower = raw
    .replace(/^\*?\./, "")
    .replace(/\.$/, "")
    .toLowerCase();
  const ascii = asciiDomain.test(lower) ? lower : toAscii(lower);
  if (ascii === null) return no("not a domain");
  if (!ascii.includes(".")) return no("a domain has at least two labels");
  if (ascii.length > 253) return no("a domain has at most 253 characters");
  if (ascii.split(".").some((label) => label.length > 63)) return no("a label of a domain has at most 63 characters");
  if (!asciiDomain.test(ascii)) return no("not a domain");
  if (/\.[0-9]+$/.test(ascii)) return no("a top-level domain is not a number");
  return { ok: true, value: ascii };
}

/** Schemes that indicators are written with, and the port that each goes without. */
const defaultPorts: Readonly<Record<string, string>> = {
  http: "80",
  https: "443",
  ftp: "21",
  ftps: "990",
  sftp: "22",
  ws: "80",
  wss: "443",
  tcp: "",
  udp: "",
};

/**
 * A URL with scheme and host in lower case, IDN as punycode, the default port dropped, and path, query and fragment
 * exactly as written. Without a scheme, `host/path` is taken as http.
 */
export function normaliseUrl(raw: string): Result {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]*)(.*)$/isu.exec(raw);
  if (!parts) {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(raw)) return no("not a URL");
    if (!/^[^\s/?#:@]+(?::[0-9]+)?[/?#]/u.test(raw)) return no("a URL has a scheme or a path");
    return normaliseUrl(`http://${raw}`);
  }
  const [, scheme = "", authority = "", rest = ""] = parts;
  const name = scheme.toLowerCase();
  const defaultPort = defaultPorts[name];
  if (defaultPort === undefined) {
    return no(`the scheme ${name} is not one of ${Object.keys(defaultPorts).join(", ")}`);
  }
  const at = authority.lastIndexOf("@");
  const host = normaliseHost(authority.slice(at + 1), defaultPort);
  if (!host.ok) return host;
  return { ok: true, value: `${name}://${authority.slice(0, at + 1)}${host.value}${rest}` };
}

function normaliseHost(raw: string, defaultPort: string): Result {
  const parts = /^(\[[^\]]*\]|[^:]*)(?::([0-9]*))?$/u.exec(raw);
  if (!parts || parts[1] === "") return no("the host of the URL is missing or malformed");
  const [, name = "", port = ""] = parts;
  if (port !== "" && Number(port) > 65_535) return no("the port of the URL is over 65535");
  const host = name.startsWith("[") ? normaliseIpv6Host(name.slice(1, -1)) : normaliseDomaindHost(name);
  if (!host.ok) return host;
  return { ok: true, value: port === "" || port === defaultPort ? host.value : `${host.value}:${Number(port)}` };
}

function normaliseDomaindHost(name: string): Result {
  const quad = parseIpv4(name);
  if (quad.ok) return isReservedAddress(quad.address, 32) ? no(reservedHost) : { ok: true, value: name };
  const domain = normaliseDomain(name);
  if (domain.ok) return domain;
  // Browsers read octal, hexadecimal and integer hosts as an address: so does who follows the link.
  const ascii = toAscii(name.toLowerCase());
  const loose = ascii === null ? null : parseIpv4(ascii);
  if (ascii === null || !loose?.ok) return no(`the host of the URL is wrong: ${domain.problem}`);
  return isReservedAddress(loose.address, 32) ? no(reservedHost) : { ok: true, value: ascii };
}

function normaliseIpv6Host(name: string): Result {
  const parsed = parseIpv6(name);
  if (!parsed.ok) return no(`the host of the URL is wrong: ${parsed.problem}`);
  if (isReservedAddress(parsed.address, parsed.address.type === "ipv4" ? 32 : 128)) return no(reservedHost);
  return { ok: true, value: new URL(`http://[${name}]`).hostname };
}

const reservedHost = "the host of the URL is a private or reserved address";

/** Far more than 253 characters of ASCII ever stand for; the URL parser takes time by the square of a longer one. */
const longestHost = 1_024;

function toAscii(host: string): string | null {
  if (host.length > longestHost) return null;
  // A URL parser would take these as the end of the host.
  if (/[\s/?#@:\\[\]%]/.test(host)) return null;
  try {
    return new URL(`http://${host}/`).hostname.replace(/\.$/, "");
  } catch {
    return null;
  }
}

const no = (problem: string) => ({ ok: false as const, problem });
