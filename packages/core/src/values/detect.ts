import { findTextProblem, type Normalised, normalise } from "./normalise";
import type { IocType } from "./observation";
import { refang } from "./refang";

/** What a value is; `port` stood beside an address or a domain and belongs in its context. */
export type Detected = (Extract<Normalised, { ok: true }> & { port?: number }) | Extract<Normalised, { ok: false }>;

/** Refangs a value, finds its type and normalises it. */
export function detect(raw: string): Detected {
  const problem = findTextProblem(raw.trim());
  if (problem !== null) return { ok: false, problem };
  const text = refang(raw);
  const type = guessType(text);
  if (type !== null) return normalise(type, text);
  const split = splitPort(text);
  if (split === null) return { ok: false, problem: `not an indicator of any known type: ${text.slice(0, 80)}` };
  return withPort(normalise(split.type, split.host), split.port);
}

/** Refangs and normalises a value whose type its source states; a port beside an address or a domain is split off. */
export function resolveAs(type: IocType, raw: string): Detected {
  const problem = findTextProblem(raw.trim());
  if (problem !== null) return { ok: false, problem };
  const text = refang(raw);
  const split = type === "ipv4" || type === "ipv6" || type === "domain" ? splitPort(text) : null;
  if (split?.type === type) return withPort(normalise(type, split.host), split.port);
  return normalise(type, text);
}

const hashTypes: Readonly<Record<number, IocType>> = { 32: "md5", 40: "sha1", 64: "sha256", 128: "sha512" };

function guessType(text: string): IocType | null {
  if (/^[0-9a-f]+$/i.test(text)) return hashTypes[text.length] ?? (/^[0-9]+$/.test(text) ? "ipv4" : null);
  if (/^CVE[-\u2010-\u2015\u2212]/i.test(text)) return "cve";
  if (/^(?:T[0-9]{4}(?:\.[0-9]{3})?|TA[0-9]{4}|[GS][0-9]{4})$/i.test(text)) return "mitre_attack";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return "url";
  if (/^[0-9a-fx]+(?:\.[0-9a-fx]+){3}(?:\/[0-9]{1,3})?$/i.test(text) && !/^[^/]*\.[a-f]+$/i.test(text)) return "ipv4";
  if (/^[0-9a-f]*:[0-9a-f:]*:[0-9a-f.:]*(?:\/[0-9]{1,3})?$/i.test(text)) return "ipv6";
  if (/^[^\s/?#:@]+(?::[0-9]+)?[/?#]/u.test(text)) return "url";
  if (text.includes("@")) return "email";
  if (/^[^\s/?#:]+\.[^\s/?#:]+$/u.test(text)) return "domain";
  return null;
}

type Split = { type: "ipv4" | "ipv6" | "domain"; host: string; port: number | null };

function splitPort(text: string): Split | null {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([^\s/?#:@[\]]+\.[^\s/?#:@[\]]+))(?::([0-9]{1,5}))?$/iu.exec(text);
  if (!parts) return null;
  const [, ipv6, host, port] = parts;
  if (ipv6 !== undefined) return { type: "ipv6", host: ipv6, port: port === undefined ? null : Number(port) };
  if (host === undefined || port === undefined) return null;
  return { type: /^[0-9.]+$/.test(host) ? "ipv4" : "domain", host, port: Number(port) };
}

function withPort(result: Normalised, port: number | null): Detected {
  if (!result.ok || port === null) return result;
  return port > 65_535 ? { ok: false, problem: "the port is over 65535" } : { ...result, port };
}
