import { utc } from "./said";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * A time in whatever style its source writes: ISO 8601 with or without an offset, `2026/11/22`, `22.11.2026`,
 * `22 Nov 2026`, `Nov 22, 2026`, RFC 2822, seconds or milliseconds since 1970. What may be read in two ways (`04/05/2026`)
 * is no time: a wrong one is worse than none.
 */
export function anyTime(text: string): Date | undefined {
  const said = text.trim();
  if (said === "" || said.length > 60) return undefined;
  return utc(said) ?? fromEpoch(said) ?? withOffset(said) ?? fromNumbers(said) ?? fromWords(said);
}

function fromEpoch(text: string): Date | undefined {
  if (!/^\d{9,13}(?:\.\d{1,9})?$/.test(text)) return undefined;
  const number = Number(text);
  return plausible(new Date(number >= 1e11 ? number : number * 1_000));
}

function withOffset(text: string): Date | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?([+-]\d{2}):?(\d{2})$/i.exec(text);
  if (!match) return undefined;
  const [, day, time, hours, minutes] = match;
  return plausible(new Date(`${day}T${time?.length === 5 ? `${time}:00` : time}${hours}:${minutes}`));
}

/** `2026/11/22 10:00:00`, `20261122`, `22.11.2026`, and `22/11/2026` where the day cannot be a month. */
function fromNumbers(text: string): Date | undefined {
  const [, date = "", time = ""] = /^([\d./-]{8,10})(?:[ T]+(.{4,20}))?$/.exec(text) ?? [];
  const parts =
    /^(?<y>\d{4})[/.](?<m>\d{1,2})[/.](?<d>\d{1,2})$/.exec(date) ??
    /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/.exec(date) ??
    /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/.exec(date) ??
    /^(?<d>1[3-9]|2\d|3[01])[/-](?<m>\d{1,2})[/-](?<y>\d{4})$/.exec(date) ??
    /^(?<m>\d{1,2})[/-](?<d>1[3-9]|2\d|3[01])[/-](?<y>\d{4})$/.exec(date);
  const { y, m, d } = parts?.groups ?? {};
  if (y === undefined || m === undefined || d === undefined) return undefined;
  return iso(y, m, d, time);
}

/** `22 Nov 2026`, `Sun, 22 Nov 2026 10:00:00 +0100`, `Nov 22, 2026`. */
function fromWords(text: string): Date | undefined {
  const plain = text.replace(/^[a-z]{3,9},?\s+(?=\d|[a-z]{3})/i, (day) =>
    /^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(day) ? "" : day,
  );
  const match =
    /^(?<d>\d{1,2})[ -](?<m>[a-z]{3})[a-z]*[ ,-]+(?<y>\d{4})(?:,?\s+(?<t>.+))?$/i.exec(plain) ??
    /^(?<m>[a-z]{3})[a-z]*\.? (?<d>\d{1,2}),? (?<y>\d{4})(?:,?\s+(?<t>.+))?$/i.exec(plain);
  const { y, m, d, t } = match?.groups ?? {};
  const month = months.indexOf(m?.toLowerCase() ?? "") + 1;
  if (y === undefined || d === undefined || month === 0) return undefined;
  return iso(y, String(month), d, t ?? "");
}

function iso(year: string, month: string, day: string, time: string): Date | undefined {
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const [, clock = "", zone = ""] = /^(\d{1,2}:\d{2}(?::\d{2})?)\s*(.*)$/.exec(time.trim()) ?? [];
  if (time.trim() !== "" && clock === "") return undefined;
  const text = `${date} ${clock === "" ? "00:00" : clock.padStart(clock.indexOf(":") === 1 ? clock.length + 1 : 0, "0")}`;
  return /^(?:|z|utc|gmt)$/i.test(zone) ? utc(text) : withOffset(`${text} ${zone}`);
}

function plausible(date: Date): Date | undefined {
  const year = date.getUTCFullYear();
  return Number.isNaN(year) || year < 1990 || year > 2100 ? undefined : date;
}
