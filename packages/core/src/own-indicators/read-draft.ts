import { type AppError, type FieldProblem, invalidInput, invalidParameter } from "../errors";
import { dayMs } from "../lib";
import {
  anyIocInWords,
  type Confidence,
  confidences,
  type Detected,
  detect,
  type IocType,
  iocId,
  iocTypeAliases,
  isIocType,
  resolveAs,
  type Tlp,
  type Warninglists,
} from "../values";
import { type Draft, draftShape, type RowError } from "./shape";

/** An indicator as it is written; times in ISO 8601. What was not said is null, and what is stored of it stays. */
export type DraftRow = {
  id: string;
  type: IocType;
  value: string;
  external_id: string | null;
  confidence: number;
  tlp: Tlp;
  tags: readonly string[];
  threat_type: string | null;
  malware_family: string | null;
  comment: string | null;
  reference_url: string | null;
  first_seen: string | null;
  last_seen: string | null;
  valid_until: string | null;
  warnings: readonly string[];
};
export type ReadDraft = { ok: true; row: DraftRow } | { ok: false; error: RowError };

/** Without a word from the workspace. */
const defaults: { confidence: Confidence; tlp: Tlp } = { confidence: "medium", tlp: "amber" };
// Nobody watched before, and a year of six digits is no year.
const earliest = Date.UTC(1990, 0);
const latest = Date.UTC(2200, 0);

/** One of many, whose faults are its own. */
export function readDraft(item: unknown, warninglists: Warninglists, now: Date): ReadDraft {
  const parsed = draftShape.safeParse(item);
  if (!parsed.success) return { ok: false, error: errorOf(invalidInput(parsed.error, "indicator")) };
  const { data } = parsed;
  const found = resolve(data);
  if (!found.ok) {
    const problem = { field: "value", problem: found.problem, allowed: anyIocInWords };
    return { ok: false, error: errorOf(invalidParameter(problem)) };
  }
  const late = findTimeProblem(data, now);
  if (late) return { ok: false, error: errorOf(invalidParameter(late)) };
  return { ok: true, row: rowOf(data, found, warninglists) };
}

function resolve({ type, value }: Draft): Detected {
  if (type === undefined) return detect(value);
  return resolveAs(isIocType(type) ? type : iocTypeAliases[type], value);
}

type Times = Pick<Draft, "first_seen" | "last_seen" | "valid_until">;

/** What is wrong with the times of an indicator, in themselves and with one another; null where nothing is. */
export function findTimeProblem(times: Times, now: Date): FieldProblem | null {
  const fields = ["first_seen", "last_seen", "valid_until"] as const;
  const [alone = null] = fields.flatMap((field) => problemOf(field, times[field], now) ?? []);
  if (alone) return alone;
  const { first_seen: first, last_seen: last } = times;
  if (!first || !last || Date.parse(first) <= Date.parse(last)) return null;
  return { field: "first_seen", problem: "is after last_seen", allowed: "a time before it" };
}

function problemOf(field: keyof Times, text: string | null | undefined, now: Date): FieldProblem | null {
  if (!text) return null;
  const at = Date.parse(text);
  if (at < earliest || at > latest) return { field, problem: "is out of range", allowed: "1990 to 2199" };
  const early = field === "valid_until" || at <= now.getTime() + dayMs;
  return early ? null : { field, problem: "is in the future", allowed: "a time that has come" };
}

function rowOf(draft: Draft, found: Extract<Detected, { ok: true }>, warninglists: Warninglists): DraftRow {
  const port = found.port === undefined ? null : `port ${found.port}`;
  const comment = [port, draft.comment ?? null].filter((part) => part !== null).join("; ");
  return {
    id: iocId(found.type, found.value),
    type: found.type,
    value: found.value,
    external_id: draft.external_id ?? null,
    confidence: confidences.indexOf(draft.confidence ?? defaults.confidence) + 1,
    tlp: draft.tlp ?? defaults.tlp,
    tags: [...new Set(draft.tags ?? [])],
    threat_type: draft.threat_type?.toLowerCase() ?? null,
    malware_family: draft.malware_family ?? null,
    comment: comment === "" ? null : comment,
    reference_url: draft.reference ?? null,
    first_seen: isoOrNull(draft.first_seen),
    last_seen: isoOrNull(draft.last_seen),
    valid_until: isoOrNull(draft.valid_until),
    warnings: warninglists.warningsOf(found.type, found.value),
  };
}

const isoOrNull = (text: string | null | undefined) => (text ? new Date(text).toISOString() : null);

export function errorOf({ code, details }: AppError): RowError {
  const fields = Array.isArray(details?.fields) ? details.fields : [];
  return { code, fields };
}
