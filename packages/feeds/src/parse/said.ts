import type { Confidence, IocType, Observation } from "@tocsin/core/values";

/** A field's text, or "" where a vendor writes a word for nothing. */
export function said(text: string): string {
  const trimmed = text.trim();
  return /^(?:none|null|n\/a|nan|-)$/i.test(trimmed) ? "" : trimmed;
}

const time =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s?(?:UTC|GMT|Z|([+-]\d{2}):?(\d{2}))?$/i;

/** A vendor's time; most write UTC, said or not, some an offset. A date alone is its midnight. */
export function utc(text: string): Date | undefined {
  const parts = time.exec(text.trim());
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (year < 1990 || hour > 23 || minute > 59 || second > 60) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const [east = "+00", eastMinutes = "00"] = parts.slice(7);
  const offset = Number(`${east.charAt(0)}1`) * (Number(east.slice(1)) * 60 + Number(eastMinutes));
  return new Date(date.getTime() - offset * 60_000);
}

/** First and last time as a vendor gives them; a last time that is a date alone may lie before the first. */
export function seen(first: string, last: string): Pick<Observation, "firstSeen" | "lastSeen"> {
  const firstSeen = utc(first);
  const lastSeen = utc(last);
  const later = firstSeen && lastSeen && lastSeen < firstSeen ? firstSeen : lastSeen;
  return { ...(firstSeen && { firstSeen }), ...(later && { lastSeen: later }) };
}

/** Tags as a comma list, each once. */
export function tagList(text: string, more: readonly string[] = []): string[] {
  return [...new Set([...text.split(",").map(said), ...more])].filter((tag) => tag !== "");
}

/** The text when it is a web address. */
export function link(text: string): string {
  return /^https?:\/\/\S+$/i.test(text) ? text : "";
}

/** Notes for people, joined: "status: online; reporter: someone". Those that say nothing are left out. */
export function notes(about: Readonly<Record<string, string>>): string {
  return Object.entries(about)
    .filter(([, text]) => text !== "")
    .map(([name, text]) => `${name}: ${text}`)
    .join("; ");
}

/** A percentage on the scale of STIX 2.1, appendix A (None, Low, Med, High). */
export function percentConfidence(text: string): Confidence | undefined {
  const percent = /^\d{1,3}(?:\.\d+)?$/.test(text) ? Number(text) : -1;
  if (percent < 0 || percent > 100) return undefined;
  return percent >= 70 ? "high" : percent >= 30 ? "medium" : "low";
}

/** Of a value that its feed calls an address; whether it is one is core's to decide. */
export function addressType(value: string): IocType {
  return /^\[|:.*:/.test(value) ? "ipv6" : "ipv4";
}

/** An address with its port, which core splits off again. */
export function withPort(address: string, port: string): string {
  if (port === "") return address;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
