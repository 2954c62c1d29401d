// When a report was published, of what stands around its indicators: the path of its file, or a link to it.

const earliestYear = 1990;

/** A day, the first of a month or of a year; undefined for what no calendar has. */
function dayOf(year: string, month = "01", day = "01"): Date | undefined {
  const time = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isThere = time.getUTCMonth() === Number(month) - 1 && time.getUTCDate() === Number(day);
  return isThere && Number(year) >= earliestYear ? time : undefined;
}

const alone = (pattern: string) => new RegExp(`(?<!\\d)${pattern}(?!\\d)`, "g");

type Form = { pattern: RegExp; read: (groups: readonly string[]) => readonly (Date | undefined)[] };

/** From the surest to the vaguest; the last place in a path that has one counts. */
const forms: readonly Form[] = [
  // 2023-09-22, 2022_11_03, 2022/11/03
  { pattern: alone("((?:19|20)\\d\\d)[-_./ ](\\d\\d)[-_./ ](\\d\\d)"), read: ([y = "", m, d]) => [dayOf(y, m, d)] },
  // 20250205
  { pattern: alone("(20\\d\\d)(\\d\\d)(\\d\\d)"), read: ([y = "", m, d]) => [dayOf(y, m, d)] },
  // 06082025, of which nobody knows which is the month
  { pattern: alone("(\\d\\d)(\\d\\d)(20\\d\\d)"), read: ([a, b, y = ""]) => [dayOf(y, a, b), dayOf(y, b, a)] },
  // 2022/11, 2023-03
  { pattern: alone("(20\\d\\d)[-_./ ](\\d\\d)"), read: ([y = "", m]) => [dayOf(y, m)] },
  // 2505 at the beginning of a name
  { pattern: /(?<![^/])(\d\d)(\d\d)(?=[ _-])/g, read: ([y = "", m]) => [dayOf(`20${y}`, m)] },
  { pattern: alone("(20\\d\\d)"), read: ([y = ""]) => [dayOf(y)] },
];

/** More than any path has. */
const longest = 1_000;

/**
 * When a file was published, by its name or its folders'; of two ways to read that the earlier, and the beginning of a
 * month or a year. The id of a vulnerability says the year in which it was known. What is to come is no date.
 */
export function dateOfPath(path: string, now: Date): Date | undefined {
  const text = path.slice(-longest).replace(/CVE-(\d{4})-\d{1,7}/gi, "$1");
  for (const { pattern, read } of forms) {
    const days = [...text.matchAll(pattern)].map(([, ...groups]) => earliest(read(groups)));
    const day = days.filter((each) => each !== undefined && each <= now).at(-1);
    if (day) return day;
  }
  return undefined;
}

function earliest(days: readonly (Date | undefined)[]): Date | undefined {
  return days.filter((day) => day !== undefined).sort((one, two) => one.getTime() - two.getTime())[0];
}

/** Since when posts have ids that count milliseconds in their upper bits. */
const postEpoch = 1_288_834_974_657n;

/**
 * When what a link leads to was published, where its address says so: `/2025/05/09/`, the id of a post on Twitter or X,
 * the id of a pulse of OTX, whose first half is its second.
 */
export function dateOfLink(link: string): Date | undefined {
  const post = /^https?:\/\/(?:\w+\.)?(?:twitter|x)\.com\/\w{1,40}\/status\/(\d{15,20})/i.exec(link)?.[1];
  if (post !== undefined) return new Date(Number((BigInt(post) >> 22n) + postEpoch));
  const pulse = /^https?:\/\/otx\.alienvault\.com\/pulse\/([\da-f]{8})[\da-f]{16}/i.exec(link)?.[1];
  if (pulse !== undefined) return new Date(Number.parseInt(pulse, 16) * 1_000);
  const [, year = "", month, day] = /[/-]((?:19|20)\d\d)[/-]([01]\d)(?:[/-]([0-3]\d))?(?![\d.])/.exec(link) ?? [];
  return year === "" ? undefined : dayOf(year, month, day);
}
