import type { Context } from "../context";
import { levelOf } from "../iocs";
import { dayMs } from "../lib";
import type { IocType } from "../values";
import type { Answer } from "./answer";
import type { Candidate } from "./candidates";
import type { OwnReports } from "./shape";

/**
 * What a workspace's own word does to the score that it is shown, as data; docs/feedback.md shows it. Feeds' records and what
 * other workspaces are shown stay as they are.
 */
export const reportRules = {
  /** Of 100 points so far, how many stay of what it calls harmless: less than the level medium begins with. */
  keptWhenHarmless: 10,
  /** Of 100 points up to the highest score, how many are added to what it calls malicious. */
  addedWhenMalicious: 50,
  /** The same for what it has seen in the last days, where anything is known of it. */
  addedWhenSeen: 10,
  seenWithinDays: 90,
} as const;

type VerdictRow = {
  verdict: "harmless" | "malicious";
  reason: string;
  value: string;
  by: string;
  at: Date;
  review: string;
};
type SeenRow = { first: Date; last: Date; occurrences: number; reports: number; places: string[] };
/** By the ids of values. */
export type StoredReports = {
  verdicts: ReadonlyMap<string, VerdictRow>;
  seen: ReadonlyMap<string, SeenRow>;
};

type Row = {
  id: string;
  value: string;
  verdict: "harmless" | "malicious" | null;
  reason: string;
  by: string;
  review: string;
  first_at: Date;
  last_at: Date;
  occurrences: string;
  reports: number;
  places: string[];
};

/** What the caller's workspace reported of the candidates of one or many subjects, in one statement. */
export async function readReports(
  ctx: Pick<Context, "sql"> & { caller: { workspaceId: string } },
  asked: readonly (readonly Candidate[])[],
): Promise<StoredReports> {
  const ids = [...new Set(asked.flatMap((candidates) => candidates.map(({ id }) => id)))];
  const rows = await ctx.sql.query<Row>(
    `SELECT ioc_id AS id, value, verdict, reason, created_by AS "by", review, created_at AS first_at, updated_at AS last_at,
       '0' AS occurrences, 0 AS reports, '{}'::text[] AS places
     FROM own_verdict WHERE workspace_id = $1::uuid AND ioc_id = ANY ($2::uuid[])
     UNION ALL
     SELECT ioc_id, '', NULL, '', '', '', first_seen, last_seen, occurrences::text, reports, coalesce(places, '{}')
     FROM own_seen WHERE workspace_id = $1::uuid AND ioc_id = ANY ($2::uuid[])`,
    [ctx.caller.workspaceId, ids],
  );
  const verdicts = new Map<string, VerdictRow>();
  const seen = new Map<string, SeenRow>();
  for (const { id, verdict, first_at: first, last_at: last, occurrences, reports, places, ...said } of rows) {
    if (verdict) verdicts.set(id, { ...said, verdict, at: last });
    else seen.set(id, { first, last, occurrences: Number(occurrences), reports, places });
  }
  return { verdicts, seen };
}

/** An answer with what the workspace reported of its value, and the score that follows from it. */
export function withReports(
  answer: Answer,
  candidates: readonly Candidate[],
  stored: StoredReports | null,
  now: Date,
): Answer {
  if (!stored) return answer;
  const verdict = verdictAmong(candidates, stored);
  const seen = seenAmong(candidates, stored);
  if (!verdict && !seen) return answer;
  const reports: OwnReports = { ...(verdict ? wordsOf(verdict) : noVerdict), ...(seen ? figuresOf(seen) : notSeen) };
  const warnings = verdict?.verdict === "harmless" ? [harmlessWords(reports, answer.ioc_value)] : [];
  return {
    ...answer,
    risk: weigh(answer.risk, reports, now),
    warnings: [...warnings, ...answer.warnings],
    own_reports: reports,
  };
}

const noVerdict = { verdict: null, verdict_on: null, reason: null, verdict_by: null, verdict_at: null };
const wordsOf = ({ verdict, value, reason, by, at }: VerdictRow) => ({
  verdict,
  verdict_on: value,
  reason,
  verdict_by: by,
  verdict_at: at.toISOString(),
});

const notSeen = { sightings: 0, occurrences: 0, first_seen: null, last_seen: null, places: [] };
const figuresOf = ({ reports, occurrences, first, last, places }: SeenRow) => ({
  sightings: reports,
  occurrences,
  first_seen: first.toISOString(),
  last_seen: last.toISOString(),
  places,
});

const isSelf = ({ relation }: Candidate) => relation === "exact" || relation === "same";

/** The verdict on what is nearest: that a network or a domain is harmless is said of all in it, that it is malicious of addresses. */
function verdictAmong(candidates: readonly Candidate[], { verdicts }: StoredReports): VerdictRow | undefined {
  const [subject] = candidates;
  for (const candidate of candidates) {
    const said = verdicts.get(candidate.id);
    if (!said) continue;
    const around = candidate.relation !== "fragment" && said.verdict === "harmless";
    if (isSelf(candidate) || around || (candidate.relation === "network" && isAddress(subject?.type))) return said;
  }
  return undefined;
}

const isAddress = (type: IocType | undefined) => type === "ipv4" || type === "ipv6";

function seenAmong(candidates: readonly Candidate[], { seen }: StoredReports): SeenRow | undefined {
  const rows = candidates.filter(isSelf).flatMap(({ id }) => seen.get(id) ?? []);
  const [first, ...others] = rows;
  return others.reduce<SeenRow | undefined>(
    (sum, row) =>
      sum && {
        first: new Date(Math.min(row.first.getTime(), sum.first.getTime())),
        last: new Date(Math.max(row.last.getTime(), sum.last.getTime())),
        occurrences: sum.occurrences + row.occurrences,
        reports: sum.reports + row.reports,
        places: [...new Set([...sum.places, ...row.places])],
      },
    first,
  );
}

const harmlessWords = ({ reason, verdict_on }: OwnReports, value: string) =>
  `Your workspace calls ${verdict_on === value ? "it" : `${verdict_on}, which holds it,`} harmless: ${reason}.`;

type Risk = Answer["risk"];

/** The score with what the workspace says, each as a factor of its own; null where nobody says anything of how bad it is. */
export function weigh(risk: Risk, reports: OwnReports, now: Date): Risk {
  const factors = [...(risk?.factors ?? [])];
  let score = risk?.score ?? 0;
  const add = (name: string, weight: number, most: number, why: string) => {
    factors.push({ name, weight, most, why });
    score += weight;
  };
  const { keptWhenHarmless, addedWhenMalicious, addedWhenSeen, seenWithinDays } = reportRules;
  if (reports.verdict === "harmless" && risk) {
    const kept = Math.floor((score * keptWhenHarmless) / 100);
    add("harmless", kept - score, 0, `your workspace calls it harmless: ${reports.reason}`);
  }
  if (reports.verdict === "malicious") {
    const weight = Math.ceil(((100 - score) * addedWhenMalicious) / 100);
    add("malicious", weight, addedWhenMalicious, `your workspace calls it malicious: ${reports.reason}`);
  }
  const last = reports.last_seen === null ? Number.NEGATIVE_INFINITY : Date.parse(reports.last_seen);
  if (reports.verdict !== "harmless" && factors.length > 0 && now.getTime() - last <= seenWithinDays * dayMs) {
    const weight = Math.floor(((100 - score) * addedWhenSeen) / 100);
    add("seen_here", weight, addedWhenSeen, `your workspace saw it within ${seenWithinDays} days`);
  }
  return factors.length === 0 ? null : { score, level: levelOf(score), factors };
}
