import { type FieldProblem, invalidParameter } from "../errors";
import { anyIocInWords, detect, findTextProblem, hostOf, type IocType, refang, resolveAs } from "../values";
import type { LookupInput } from "./shape";

/** What is looked up; a reserved value is well formed, but no source's word on it would mean anything. */
export type Subject = { type: IocType; value: string; port: number | null; reserved: boolean };

/** The normalised value of a question; throws `invalid_parameter` for what no IOC can be. */
export function subjectOf(input: LookupInput): Subject {
  const found = findSubject(input);
  if (!found.ok) throw invalidParameter(found.problem);
  return found.subject;
}

export function findSubject({
  ioc,
  type,
}: LookupInput): { ok: true; subject: Subject } | { ok: false; problem: FieldProblem } {
  const found = type === null ? detect(ioc) : resolveAs(type, ioc);
  if (found.ok) {
    return { ok: true, subject: { type: found.type, value: found.value, port: found.port ?? null, reserved: false } };
  }
  if (found.reserved) return { ok: true, subject: { ...found.reserved, port: null, reserved: true } };
  const url = type === null || type === "url" ? reservedUrl(ioc) : null;
  if (url !== null) return { ok: true, subject: { type: "url", value: url, port: null, reserved: true } };
  const allowed = type === null ? anyIocInWords : `a value of type ${type}`;
  return { ok: false, problem: { field: "ioc", problem: found.problem, allowed } };
}

/** A URL that is in order but for its host, which is a private or reserved address. */
function reservedUrl(raw: string): string | null {
  if (findTextProblem(raw.trim()) !== null) return null;
  const text = refang(raw);
  // A network with a wrong prefix length is no URL.
  if (/^[0-9a-f.:]+\/[0-9]{1,3}$/i.test(text)) return null;
  const [, scheme = "http", rest = text] = /^([a-z]+):\/\/(.*)$/is.exec(text) ?? [];
  const url = `${scheme.toLowerCase()}://${rest}`;
  const host = detect(hostOf(url) ?? "");
  return !host.ok && host.reserved ? url : null;
}
