import {
  formatAddress,
  isPrefixLength,
  leastBits,
  maskAddress,
  type ParsedAddress,
  parseIpv4,
  parseIpv6,
  widthOf,
} from "./address";
import type { IocType } from "./observation";
import { isReservedAddress } from "./special-ranges";
import { normaliseDomain, normaliseUrl } from "./web-address";

/**
 * A value in its one canonical form, or why it has none. `type` differs from the one asked for only when an
 * IPv4-mapped IPv6 address turns out to be IPv4; `reserved` holds an address that is well formed but never an IOC.
 */
export type Normalised =
  | { ok: true; type: IocType; value: string }
  | { ok: false; problem: string; reserved?: { type: "ipv4" | "ipv6"; value: string } };

/** Longest value of any type, in characters. */
export const maxValueLength = 16_384;

/** The canonical form of a refanged value of a known type. Idempotent. */
export function normalise(type: IocType, raw: string): Normalised {
  const problem = findTextProblem(raw);
  if (problem !== null) return { ok: false, problem };
  return normalisers[type](raw);
}

/** What makes a text unfit for storage whatever its type: PostgreSQL takes neither NUL nor half a surrogate pair. */
export function findTextProblem(raw: string): string | null {
  if (raw.length === 0) return "the value is empty";
  if (raw.length > maxValueLength) return `the value is longer than ${maxValueLength} characters`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(raw)) return "the value contains control characters";
  if (/\p{Surrogate}/u.test(raw)) return "the value contains half of a surrogate pair";
  return null;
}

const normalisers: Record<IocType, (raw: string) => Normalised> = {
  ipv4: (raw) => normaliseAddress("ipv4", raw),
  ipv6: (raw) => normaliseAddress("ipv6", raw),
  domain: (raw) => typed("domain", normaliseDomain(raw)),
  url: (raw) => typed("url", normaliseUrl(raw)),
  md5: (raw) => normaliseHash("md5", 32, raw),
  sha1: (raw) => normaliseHash("sha1", 40, raw),
  sha256: (raw) => normaliseHash("sha256", 64, raw),
  sha512: (raw) => normaliseHash("sha512", 128, raw),
  email: normaliseEmail,
  cve: (raw) => {
    const value = raw.replace(/[\u2010-\u2015\u2212]/g, "-").toUpperCase();
    return /^CVE-[0-9]{4}-[0-9]{4,19}$/.test(value) ? ok("cve", value) : no("not a CVE id (CVE-YYYY-NNNN…)");
  },
  mitre_attack: (raw) => {
    const value = raw.toUpperCase();
    return /^(?:T[0-9]{4}(?:\.[0-9]{3})?|TA[0-9]{4}|[GSCM][0-9]{4})$/.test(value)
      ? ok("mitre_attack", value)
      : no("not an ATT&CK id (T1059, T1059.001, TA0001, G0001, S0001)");
  },
};

function normaliseAddress(type: "ipv4" | "ipv6", raw: string): Normalised {
  const [text = "", length, ...rest] = raw.split("/");
  const parsed: ParsedAddress = type === "ipv4" ? parseIpv4(text) : parseIpv6(text);
  if (!parsed.ok) return parsed;
  if (rest.length > 0 || (length !== undefined && !isPrefixLength(length))) {
    return no("the prefix length is not a number");
  }
  const { address } = parsed;
  const width = widthOf(address.type);
  // The prefix length of an IPv4-mapped network counts from the start of the IPv6 form.
  const bits = length === undefined ? width : Number(length) - (type === address.type ? 0 : 96);
  if (bits > width || bits < 0) return no(`the prefix length is not between 0 and ${widthOf(type)}`);
  if (bits < leastBits[address.type]) {
    return no(`a network wider than /${leastBits[address.type]} says nothing of the addresses in it`);
  }
  const masked = maskAddress(address, bits);
  const value = formatAddress(masked) + (bits === width ? "" : `/${bits}`);
  if (isReservedAddress(masked, bits)) {
    const problem = "private and reserved addresses are never IOCs";
    return { ok: false, problem, reserved: { type: address.type, value } };
  }
  return ok(address.type, value);
}

function normaliseHash(type: IocType, length: number, raw: string): Normalised {
  if (raw.length === length && /^[0-9a-f]+$/i.test(raw)) return ok(type, raw.toLowerCase());
  return no(`not a ${type} hash: it has ${length} hexadecimal digits`);
}

function normaliseEmail(raw: string): Normalised {
  const at = raw.lastIndexOf("@");
  const local = raw.slice(0, Math.max(at, 0));
  if (!/^[^\s@<>()[\]\\,;:"]{1,64}$/u.test(local)) return no("not an e-mail address");
  const domain = normaliseDomain(raw.slice(at + 1));
  if (!domain.ok) return no(`not an e-mail address: ${domain.problem}`);
  return ok("email", `${local}@${domain.value}`);
}

type Untyped = { ok: true; value: string } | { ok: false; problem: string };

const typed = (type: IocType, result: Untyped): Normalised => (result.ok ? ok(type, result.value) : result);
const ok = (type: IocType, value: string) => ({ ok: true as const, type, value });
const no = (problem: string) => ({ ok: false as const, problem });
