import { detect, type Observation, resolveAs } from "@tocsin/core/iocs";
import {
  decideHeld,
  type HeldFile,
  type HeldReason,
  shareOf,
  usualOf,
  type Validators,
  withReading,
} from "@tocsin/core/runs";
import type { Warninglists } from "@tocsin/core/warninglists";
import type { Parsed } from "./layout";
import type { Checked } from "./run-feed-merge";
import { storable } from "./run-feed-text";

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

/** A file against its own past: what is held of it and why, or its readings with this one, to be remembered. */
export function compareFile(
  file: { name: string; key: string },
  { figures, first }: Checked,
  run: { validators: Validators; accepted: readonly HeldFile[] },
  redact: (text: string) => string,
): { held: HeldFile } | { held: null; readings: ReturnType<typeof withReading> } {
  const own = run.validators[file.key]?.readings ?? [];
  const siblings = Object.entries(run.validators).flatMap(([key, { readings }]) =>
    key !== file.key && readings ? [readings] : [],
  );
  const usual = usualOf(own, siblings);
  const accepted = run.accepted.find((each) => each.file === file.name) ?? null;
  const reasons = decideHeld(figures, usual, accepted);
  // A file of which nothing is fit is no example of what is usual.
  const worthless = figures.records > 0 && shareOf(figures) === 1;
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

const words: Record<HeldReason, (file: HeldFile) => string> = {
  growth: ({ records, usual_records: usual }) => `${records} records where ${usual} are usual`,
  unfit: ({ unfit_percent: now, usual_unfit_percent: usual }) =>
    `${now} % of the records bad, reserved or well-known where ${usual} % are usual`,
};

/** Why a run held files back, for its record. */
export function explainHeld(held: readonly HeldFile[]): string {
  const said = held
    .slice(0, 5)
    .map((file) => `${file.file}: ${file.reasons.map((why) => words[why](file)).join(", ")}`);
  const more = held.length > 5 ? [`and ${held.length - 5} files more`] : [];
  return `held back, nothing of it merged: ${[...said, ...more].join("; ")}`;
}
