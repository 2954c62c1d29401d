import { type IocType, iocTypeCatalog, iocTypes } from "./ioc-types";
import { readNetworkForm } from "./network-forms";
import { findTextProblem, type Normalised, normalise } from "./normalise";
import { refang } from "./refang";

/** What a value is; `port` stood beside an address or a domain and belongs in its context. */
export type Detected = (Extract<Normalised, { ok: true }> & { port?: number }) | Extract<Normalised, { ok: false }>;

/** Refangs a value, finds its type and normalises it. */
export function detect(raw: string): Detected {
  const problem = findTextProblem(raw.trim());
  if (problem !== null) return { ok: false, problem };
  const text = refang(raw);
  const network = readNetworkForm(text);
  if (network) return network.ok ? normalise("ipv4", network.value) : network;
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
  const network = readNetworkForm(text);
  if (network) return network.ok ? normalise("ipv4", network.value) : network;
  const { nature } = iocTypeCatalog[type];
  const split = nature === "address" || nature === "name" ? splitPort(text) : null;
  if (split?.type === type) return withPort(normalise(type, split.host), split.port);
  return normalise(type, text);
}

/** Each type's test, in the order of their turns. */
const tests = iocTypes.map((type) => ({ type, ...iocTypeCatalog[type].detection })).sort((a, b) => a.turn - b.turn);

function guessType(text: string): IocType | null {
  for (const test of tests) if (test.fits(text)) return test.type;
  return null;
}

type Split = { type: "ipv4" | "ipv6" | "domain"; host: string; port: number | null };

function splitPort(text: string): Split | null {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([^\s/?#:@[\]]+))(?::([0-9]{1,5}))?$/iu.exec(text);
  if (!parts) return null;
  const [, ipv6, host, port] = parts;
  if (ipv6 !== undefined) return { type: "ipv6", host: ipv6, port: port === undefined ? null : Number(port) };
  if (host === undefined || port === undefined || !/^.[^.]*\../su.test(host)) return null;
  return { type: /^[0-9.]+$/.test(host) ? "ipv4" : "domain", host, port: Number(port) };
}

function withPort(result: Normalised, port: number | null): Detected {
  if (!result.ok || port === null) return result;
  return port > 65_535 ? { ok: false, problem: "the port is over 65535" } : { ...result, port };
}
