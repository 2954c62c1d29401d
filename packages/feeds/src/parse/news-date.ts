// RFC 822 section 5 with RFC 2822's obsolete forms; RFC 3339; and what publishers write in their place.

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Minutes east of Greenwich. Other names are taken for UTC, as RFC 2822 says. */
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

const clock = String.raw`(?:[T ,]+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([ap]\.?m\.?)?)?`;
const zone = String.raw`\s*(?:(?:GMT|UTC)?\s*([+-]\d{2}):?(\d{2})|\(?([A-Za-z]{1,5})\)?)?(?:\s*\([\w ]{1,40}\))?`;
const forms = [
  { order: "ymd", form: new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${clock}${zone}$`, "i") },
  { order: "ymd", form: new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})${clock}${zone}$`, "i") },
  {
    order: "dmy",
    form: new RegExp(
      String.raw`^(?:[a-z]{2,9}\.?,?\s+)?(\d{1,2})[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})${clock}${zone}$`,
      "i",
    ),
  },
  {
    order: "mdy",
    form: new RegExp(
      String.raw`^(?:[a-z]{2,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${clock}${zone}$`,
      "i",
    ),
  },
  { order: "dmy", form: new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})${clock}${zone}$`, "i") },
] as const;

/** A publisher's time in any usual style; without a zone it is UTC. null for what is none. */
export function newsDate(text: string): Date | null {
  const written = text.trim().replace(/\s+/g, " ");
  if (/^\d{9,13}$/.test(written)) return sane(Number(written) * (written.length > 10 ? 1 : 1_000));
  for (const { order, form } of forms) {
    const parts = form.exec(written);
    if (parts) return dateOf(order, parts);
  }
  return null;
}

function dateOf(order: "ymd" | "dmy" | "mdy", [, ...parts]: readonly (string | undefined)[]): Date | null {
  const [a = "", b = "", c = "", hours = "0", minutes = "0", seconds = "0", half, east, eastMinutes, zoneName] = parts;
  const [year, monthText, day] = order === "ymd" ? [a, b, c] : order === "dmy" ? [c, b, a] : [c, a, b];
  const month = /^\d+$/.test(monthText) ? Number(monthText) - 1 : months.indexOf(monthText.slice(0, 3).toLowerCase());
  const hour = hourOf(Number(hours), half);
  if (month < 0 || hour > 23 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  const midnight = new Date(Date.UTC(yearOf(year), month, Number(day)));
  if (midnight.getUTCMonth() !== month || midnight.getUTCDate() !== Number(day)) return null;
  const offset = offsetOf(east, eastMinutes, zoneName);
  return sane(midnight.getTime() + ((hour * 60 + Number(minutes) - offset) * 60 + Number(seconds)) * 1_000);
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return 24;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}

/** RFC 2822 §4.3: years of two digits. */
function yearOf(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function offsetOf(east: string | undefined, minutes: string | undefined, name: string | undefined): number {
  if (east !== undefined) return Number(`${east.charAt(0)}1`) * (Math.abs(Number(east)) * 60 + Number(minutes));
  return zones[name?.toLowerCase() ?? ""] ?? 0;
}

function sane(time: number): Date | null {
  return time >= Date.UTC(1990, 0) && time < Date.UTC(2100, 0) ? new Date(time) : null;
}
