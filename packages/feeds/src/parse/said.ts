import { confidenceOf, type IocType, type Observation } from "@tocsin/core/values";
import { anyTime } from "./times";

/** A field's text, or "" where a vendor writes a word for nothing. */
export function said(text: string): string {
  const trimmed = text.trim();
  return /^(?:none|null|n\/a|nan|-)$/i.test(trimmed) ? "" : trimmed;
}

/** What vendors write where they know no time: zeros, words, and the first second of a calendar. */
const noTime = /^(?:|0+|unknown|never|none|null|n\/a|nan|-|(?:0000|0001|19[0-8]\d)-.*)$/i;

/**
 * A source's time; undefined where it gives none. One that cannot be read, or in two ways, is an invalid Date: its record
 * is refused (parsedOf), since a record without a time is taken to be listed now.
 */
export function timeSaid(text: string): Date | undefined {
  const written = text.trim();
  return noTime.test(written) ? undefined : (anyTime(written) ?? new Date(Number.NaN));
}

/** First and last time as a vendor gives them; a last time that is a date alone may lie before the first. */
export function seen(first: string, last: string): Pick<Observation, "firstSeen" | "lastSeen"> {
  const firstSeen = timeSaid(first);
  const lastSeen = timeSaid(last);
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

/** A percentage, as how sure a source is, with the word that it comes to; nothing where it is none. */
export function percentCertainty(text: string): Pick<Observation, "certainty" | "confidence"> {
  const percent = /^\d{1,3}(?:\.\d+)?$/.test(text) ? Number(text) : -1;
  return percent < 0 || percent > 100 ? {} : { certainty: percent, confidence: confidenceOf(percent) };
}

/** Whether a thing answers, in the words of those who look; nothing where nobody does. */
export function activity(status: string): Pick<Observation, "active"> {
  if (/^(?:online|active|up|yes|true)$/i.test(status)) return { active: true };
  return /^(?:offline|inactive|down|no|false)$/i.test(status) ? { active: false } : {};
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
