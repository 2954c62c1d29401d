import { parse } from "tldts";
import { AppError, type FieldProblem, invalidInput, invalidParameter } from "../errors";
import { dayMs } from "../lib";
import {
  anyIocInWords,
  detect,
  type IocType,
  iocId,
  iocTypeAliases,
  type iocTypeNames,
  isIocType,
  parseNetwork,
  resolveAs,
} from "../values";
import { type RowError, type SightingDraft, sightingDraftShape } from "./shape";

/** A value that something is reported of. */
export type Reported = { id: string; type: IocType; value: string };

type Asked = { value: string; type?: (typeof iocTypeNames)[number] | undefined };

/** The value that a text names; throws `invalid_parameter` for what no IOC can be. */
export function readValue(asked: Asked): Reported {
  const { value, type } = asked;
  const found = type === undefined ? detect(value) : resolveAs(isIocType(type) ? type : iocTypeAliases[type], value);
  if (!found.ok) throw invalidParameter({ field: "value", problem: found.problem, allowed: anyIocInWords });
  return { id: iocId(found.type, found.value), type: found.type, value: found.value };
}

/** Networks wider than these are whole providers, of whom nobody can say one thing. */
const widestNetwork = { ipv4: 16, ipv6: 32 } as const;

/** Throws `invalid_parameter` for what is so wide that a verdict on it would be one on strangers too. */
export function requireNarrow({ type, value }: Reported): void {
  const problem = wideProblem(type, value);
  if (problem) throw invalidParameter(problem);
}

function wideProblem(type: IocType, value: string): FieldProblem | null {
  if (type === "ipv4" || type === "ipv6") {
    const width = widestNetwork[type];
    if (!value.includes("/") || (parseNetwork(value)?.bits ?? 0) >= width) return null;
    return {
      field: "value",
      problem: "is too wide a network for a verdict",
      allowed: `a network of /${width} or narrower`,
    };
  }
  if (type !== "domain" || parse(value, { allowPrivateDomains: true }).publicSuffix !== value) return null;
  return {
    field: "value",
    problem: "is a public suffix, below which anybody may register",
    allowed: "a domain below it",
  };
}

/** A sighting as it is written. */
export type SightingRow = Reported & { seenAt: Date; place: string; count: number; comment: string | null };
export type ReadSighting = { ok: true; row: SightingRow } | { ok: false; error: RowError };

// Nobody watched before.
const earliest = Date.UTC(1990, 0);

/** One of many, whose faults are its own. */
export function readSighting(item: unknown, now: Date): ReadSighting {
  const parsed = sightingDraftShape.safeParse(item);
  if (!parsed.success) return { ok: false, error: errorOf(invalidInput(parsed.error, "sighting")) };
  try {
    return { ok: true, row: rowOf(parsed.data, now) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, error: errorOf(error) };
  }
}

function rowOf(draft: SightingDraft, now: Date): SightingRow {
  const reported = readValue(draft);
  const seenAt = draft.seen_at ? new Date(draft.seen_at) : now;
  const problem = timeProblem(seenAt, now);
  if (problem) throw invalidParameter({ field: "seen_at", ...problem });
  return { ...reported, seenAt, place: draft.place ?? "", count: draft.count, comment: draft.comment ?? null };
}

function timeProblem(seenAt: Date, now: Date) {
  // The negation holds for what is no time, too.
  if (!(seenAt.getTime() >= earliest)) return { problem: "is out of range", allowed: "1990 or later" };
  if (seenAt.getTime() <= now.getTime() + dayMs) return null;
  return { problem: "is in the future", allowed: "a time that has come" };
}

export function errorOf({ code, details }: AppError): RowError {
  const fields = Array.isArray(details?.fields) ? details.fields : [];
  return { code, fields };
}
