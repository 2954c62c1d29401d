// RFC 822 §5 with the obsolete forms of RFC 2822; RFC 3339; and what vendors, publishers and spreadsheets write.

/** Minutes east of Greenwich. Other names are taken for UTC, as RFC 2822 §4.3 says. */
const zones: Readonly<Record<string, number>> = {
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  bst: 60,
  cet: 60,
  cest: 120,
  msk: 180,
  ist: 330,
  jst: 540,
};

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** What a time is made of, as it is written. */
type Parts = Readonly<Partial<Record<"year" | "month" | "day" | "hour" | "minute" | "second", string>>>;

const iso =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[ T](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)?)?\s?(?:UTC|GMT|Z|(?<east>[+-]\d{2}):?(?<eastMinutes>\d{2}))?$/i;

/**
 * A time in the one form that most vendors of lists write: `2026-11-22`, `2026-11-22 10:30:15 UTC`, RFC 3339. Without an
 * offset it is UTC; a date alone is its midnight; fractions of a second are dropped. undefined for the rest.
 */
export function utc(text: string): Date | undefined {
  const parts = iso.exec(text.trim())?.groups;
  if (!parts) return undefined;
  const time = timeOf(parts, offsetOf(parts));
  return time === null ? undefined : new Date(time);
}

const clock = String.raw`(?:[T ,]{1,3}(?:at )?(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d{1,9})?)? ?(?<half>[ap]\.?m\.?)?)?`;
const zone = String.raw` ?(?:(?:GMT|UTC)? ?(?<east>[+-]\d{2}):?(?<eastMinutes>\d{2})|\(?(?<zone>[A-Za-z]{1,5})\)?)?(?: ?\([\w ]{1,40}\))?`;
const weekday = String.raw`(?:[a-z]{2,9}\.?,? )?`;
const month = `(?<month>[a-z]{3,9})`;

const forms = [
  // 2026-1-2, 2026/11/22, 2026.11.22
  String.raw`(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})`,
  // 20261122
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})`,
  // 22.11.2026
  String.raw`(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})`,
  // 22/11/2026 and 11/22/2026, where the day cannot be a month
  String.raw`(?<day>1[3-9]|2\d|3[01])[/-](?<month>\d{1,2})[/-](?<year>\d{4})`,
  String.raw`(?<month>\d{1,2})[/-](?<day>1[3-9]|2\d|3[01])[/-](?<year>\d{4})`,
  // Sun, 22 Nov 2026; 22-Nov-26
  String.raw`${weekday}(?<day>\d{1,2})[ -]${month}\.?[ ,-]{1,3}(?<year>\d{4}|\d{2})`,
  // Nov. 22nd, 2026
  String.raw`${weekday}${month}\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})`,
].map((date) => new RegExp(`^${date}${clock}${zone}$`, "i"));

/** More than any time needs; what is longer is not looked at. */
const longest = 120;

/**
 * A time in whatever style its source writes it: RFC 3339, RFC 2822, `2026/11/22`, `22.11.2026`, `21-Nov-26`,
 * `Nov 21, 2026 5:30 PM EST`, seconds or milliseconds since 1970. Without a zone it is UTC. null for what is none, and
 * for what may be read in two ways (`04/05/2026`): a wrong time is worse than none.
 */
export function anyTime(text: string): Date | null {
  const trimmed = text.trim();
  if (trimmed.length > longest) return null;
  const written = trimmed.replace(/\s+/g, " ");
  const usual = utc(written);
  if (usual) return usual;
  if (/^\d{9,13}(?:\.\d{1,9})?$/.test(written)) return plausible(epochOf(Number(written)));
  for (const form of forms) {
    const parts = form.exec(written)?.groups;
    if (parts) return plausible(timeOf({ ...parts, hour: hourOf(parts) }, offsetOf(parts)));
  }
  return null;
}

/** Milliseconds of a number that counts them, or seconds. */
function epochOf(number: number): number {
  return number >= 1e11 ? number : number * 1_000;
}

/** Milliseconds since 1970, or null where there is no such time: 31 February, 25 o'clock. `offset` is in minutes. */
function timeOf(parts: Parts, offset: number): number | null {
  const { year = "", month: monthText = "", day = "", hour = "0", minute = "0", second = "0" } = parts;
  const monthIndex = /^\d+$/.test(monthText)
    ? Number(monthText) - 1
    : months.indexOf(monthText.slice(0, 3).toLowerCase());
  const fits = Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 60 && yearOf(year) >= 1990;
  const midnight = new Date(Date.UTC(yearOf(year), monthIndex, Number(day)));
  if (!fits || midnight.getUTCMonth() !== monthIndex || midnight.getUTCDate() !== Number(day)) return null;
  return midnight.getTime() + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1_000;
}

/** RFC 2822 §4.3: years of two digits. */
function yearOf(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

/** An hour of the day; one that no such clock shows is past the last. */
function hourOf({ hour = "0", half }: Readonly<Record<string, string | undefined>>): string {
  if (half === undefined) return hour;
  if (Number(hour) < 1 || Number(hour) > 12) return "24";
  return String((Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0));
}

/** Minutes east of Greenwich, of an offset or of a zone's name. */
function offsetOf({ east, eastMinutes, zone: name }: Readonly<Record<string, string | undefined>>): number {
  if (east === undefined) return zones[name?.toLowerCase() ?? ""] ?? 0;
  return Number(`${east.charAt(0)}1`) * (Number(east.slice(1)) * 60 + Number(eastMinutes ?? 0));
}

/** Of a source of our days; what lies outside is a number of something else. */
function plausible(time: number | null): Date | null {
  return time !== null && time >= Date.UTC(1990, 0) && time < Date.UTC(2101, 0) ? new Date(time) : null;
}
