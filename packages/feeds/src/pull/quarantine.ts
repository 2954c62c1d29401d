import {
  decideQuarantine,
  type QuarantinedFile,
  type QuarantineKind,
  type QuarantineReason,
  shareOf,
  usualOf,
  type Validators,
  withReading,
} from "@tocsin/core/runs";
import { detect, type Observation, resolveAs, type Warninglists } from "@tocsin/core/values";
import type { Parsed } from "../definition/layout";
import { storable } from "../parse/storable";
import type { Checked } from "./merge-indicators";

/** Whether a record would be kept: readable, an IOC, and not a well-known harmless value. */
export type Judge = (record: Parsed) => boolean;

export const firstLines = 20;

/** The first records of a body and then one of many: enough to know a share, and next to no time. */
export function isSampled(index: number): boolean {
  return index < 1_000 || index % 64 === 0;
}

export function judgeWith({ warningsOf }: Pick<Warninglists, "warningsOf">): Judge {
  const isFit = ({ type, value }: Observation) => {
    const found = type === undefined ? detect(value) : resolveAs(type, value);
    return found.ok && warningsOf(found.type, found.value).length === 0;
  };
  return (record) => !("problem" in record) && (record.observations.length === 0 || record.observations.some(isFit));
}

/** What is held of a file and why, or its readings with this one, to be remembered. */
export type Compared = { held: QuarantinedFile } | { held: null; readings: ReturnType<typeof withReading> };

/** A file against its own past. */
export function compareFile(
  file: { name: string; key: string; kind: QuarantineKind },
  { figures, first }: Pick<Checked, "figures" | "first">,
  run: { validators: Validators; accepted: readonly QuarantinedFile[] },
  redact: (text: string) => string,
): Compared {
  const own = run.validators[file.key]?.readings ?? [];
  const siblings = Object.entries(run.validators).flatMap(([key, { readings }]) =>
    key !== file.key && readings ? [readings] : [],
  );
  const usual = usualOf(own, siblings);
  const accepted = run.accepted.find((each) => each.file === file.name) ?? null;
  const reasons = decideQuarantine(figures, usual, accepted, file.kind);
  // A file of which nothing is fit is no example of what is usual; a site that only links to others is.
  const worthless = file.kind === "indicators" ? figures.records > 0 && shareOf(figures) === 1 : figures.records === 0;
  if (!usual || reasons.length === 0) {
    return { held: null, readings: worthless ? [...own] : withReading(own, figures, accepted !== null) };
  }
  return {
    held: {
      file: file.name,
      reasons,
      records: figures.records,
      usual_records: usual.records,
      unfit_percent: Math.round(shareOf(figures) * 100),
      usual_unfit_percent: Math.round(usual.unfitShare * 100),
      first_lines: first.map((text) => storable(redact(text), 200)),
    },
  };
}

const unfitWords: Record<QuarantineKind, string> = {
  indicators: "bad, reserved or well-known",
  articles: "bad or of another site",
};
const words: Record<QuarantineReason, (file: QuarantinedFile, kind: QuarantineKind) => string> = {
  growth: ({ records, usual_records: usual }) => `${records} records where ${usual} are usual`,
  unfit: ({ unfit_percent: now, usual_unfit_percent: usual }, kind) =>
    `${now} % of the records ${unfitWords[kind]} where ${usual} % are usual`,
};

/** Why a run held files back, for its record. */
export function explainHeld(held: readonly QuarantinedFile[], kind: QuarantineKind): string {
  const said = held
    .slice(0, 5)
    .map((file) => `${file.file}: ${file.reasons.map((why) => words[why](file, kind)).join(", ")}`);
  const more = held.length > 5 ? [`and ${held.length - 5} files more`] : [];
  return `held back, nothing of it merged: ${[...said, ...more].join("; ")}`;
}
