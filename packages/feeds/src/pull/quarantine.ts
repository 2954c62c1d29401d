import {
  decideQuarantine,
  type FileFigures,
  type QuarantinedFile,
  type QuarantineKind,
  type QuarantineReason,
  shareOf,
  usualOf,
  withReading,
} from "@tocsin/core/runs";
import { storable } from "../parse/storable";
import type { Pull } from "./pull";

/** Records of a file that an operator is shown. */
export const firstLines = 20;

/** What is known of a file before any of it is merged: its figures, and its first records as they stand there. */
export type Checked = { figures: FileFigures; first: readonly string[] };

type Readings = ReturnType<typeof withReading>;

/** What of a file waits for an operator and why, or its readings with this one, to be remembered. */
export type Compared = { quarantined: QuarantinedFile } | { quarantined: null; readings: Readings };

/** A file against its own past. */
export function compareFile(
  { run, redact }: Pick<Pull, "run" | "redact">,
  { name, key, kind }: { name: string; key: string; kind: QuarantineKind },
  { figures, first }: Checked,
): Compared {
  const own = run.validators[key]?.readings ?? [];
  const siblings = Object.entries(run.validators).flatMap(([other, { readings }]) =>
    other !== key && readings ? [readings] : [],
  );
  const usual = usualOf(own, siblings);
  const accepted = run.accepted.find((each) => each.file === name) ?? null;
  const reasons = decideQuarantine(figures, usual, accepted, kind);
  // A file of which nothing is fit is no example of what is usual; a site that only links to others is.
  const worthless = kind === "indicators" ? figures.records > 0 && shareOf(figures) === 1 : figures.records === 0;
  if (!usual || reasons.length === 0) {
    return { quarantined: null, readings: worthless ? [...own] : withReading(own, figures, accepted !== null) };
  }
  return {
    quarantined: {
      file: name,
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

/** Why a run merged nothing of some files, for its record. */
export function explainQuarantine(files: readonly QuarantinedFile[], kind: QuarantineKind): string {
  const said = files
    .slice(0, 5)
    .map((file) => `${file.file}: ${file.reasons.map((why) => words[why](file, kind)).join(", ")}`);
  const more = files.length > 5 ? [`and ${files.length - 5} files more`] : [];
  return `held back, nothing of it merged: ${[...said, ...more].join("; ")}`;
}
