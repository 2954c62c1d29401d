import { dayMs } from "@tocsin/core/lib";
import type { NamedFile } from "../definition/layout";
import { dateOfPath } from "../parse/dates";
import type { Pull } from "./pull";

/** Files of one repository that one pull fetches: some minutes of politeness. */
const mostFetched = 150;
/** Where TOCSIN_REPORTS_SINCE says nothing: what is older is over for every type of value that ends. */
const usualDays = 730;

/** From when on reports are read that a repository lists. */
export function reportsSince({ run, settings }: Pick<Pull, "run" | "settings">): Date {
  return settings.reportsSince ?? new Date(run.startedAt.getTime() - usualDays * dayMs);
}

/**
 * Which files of a repository this pull fetches: those of its time that it does not have in the version that the tree
 * names, newest names first, as many as one pull may. What nothing dates is taken. `left` are for the next pulls.
 */
export function chooseFiles(
  { run, settings }: Pick<Pull, "run" | "settings">,
  named: readonly NamedFile[],
): { files: NamedFile[]; left: number } {
  const since = reportsSince({ run, settings });
  const wanted = named.filter(({ name, version }) => {
    const day = dateOfPath(name, run.startedAt);
    const known = run.validators[name];
    const isKnown = version !== undefined && known?.version === version;
    return !isKnown && (day === undefined || day >= yearOrMonthOf(since, name));
  });
  return { files: wanted.slice(0, mostFetched), left: Math.max(0, wanted.length - mostFetched) };
}

/** A name that says a year alone, or a month, may be of any day of it. */
function yearOrMonthOf(since: Date, name: string): Date {
  const hasMonth = /\d{4}[-_./ ]\d\d|\d{8}|(?<![^/])\d{4}(?=[ _-])/.test(name);
  return new Date(Date.UTC(since.getUTCFullYear(), hasMonth ? since.getUTCMonth() : 0));
}
