import { hostOf } from "./host-of";
import { eachIocType, type IocType, iocTypeCatalog } from "./ioc-types";
import { rootProblem } from "./name-roots";

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
  const found = normalisers[type](raw);
  if (!found.ok) return found;
  const unreachable = nameProblem(type, found.value);
  return unreachable === null
    ? { ok: true, type: found.family ?? type, value: found.value }
    : { ok: false, problem: unreachable };
}

/** Why nobody can be reached by the name that a value is or is at. */
function nameProblem(type: IocType, value: string): string | null {
  const { nature } = iocTypeCatalog[type];
  if (nature === "name") return rootProblem(value);
  const host = nature === "hosted" ? hostOf(value) : null;
  if (host === null || host.includes(":") || /[0-9]$/.test(host)) return null;
  const problem = rootProblem(host);
  return problem === null ? null : `the host is wrong: ${problem}`;
}

const normalisers = eachIocType((entry) => entry.normalise);

/** What makes a text unfit for storage whatever its type: PostgreSQL takes neither NUL nor half a surrogate pair. */
export function findTextProblem(raw: string): string | null {
  if (raw.length === 0) return "the value is empty";
  if (raw.length > maxValueLength) return `the value is longer than ${maxValueLength} characters`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(raw)) return "the value contains control characters";
  if (/\p{Surrogate}/u.test(raw)) return "the value contains half of a surrogate pair";
  return null;
}
