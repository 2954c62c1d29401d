import type { Observation } from "@tocsin/core/values";
import type { BadRecord, Parsed } from "../definition/layout";

/** Looks up a field of a record by the first of its names that holds something; "" when none does. */
export type Fields = (...names: readonly string[]) => string;

/** What a vendor's record says: observations, or what is wrong with it. */
export type ReadRecord = (fields: Fields) => readonly Observation[] | string;

/** Beside a record of which some part is TLP:RED. */
export const withheld = "(TLP:RED, not shown)";

/** Characters of a record that are kept beside it. */
const textLength = 200;

/** One record as a layout hands it on. */
export function parsedOf(line: number, text: string, result: readonly Observation[] | string): Parsed {
  if (typeof result === "string") return badRow(line, text, result);
  // RED is for named recipients, and a feed is for everybody here.
  const rest = result.filter(({ tlp }) => tlp !== "red");
  if (rest.length < result.length) return { ...parsedOf(line, withheld, rest), red: result.length - rest.length };
  for (const { value, firstSeen, lastSeen } of result) {
    if (value === "") return badRow(line, text, "the value is empty");
    if (value.includes("\ufffd")) return badRow(line, text, "the value holds bytes that are not UTF-8");
    if ([firstSeen ?? lastSeen, lastSeen ?? firstSeen].every(isUnread)) return badRow(line, text, unreadTime);
  }
  return { line, observations: result.map(cleaned), text: shown(text) };
}

/** Why a record whose time nobody can read is refused: without one it would be of now. */
export const unreadTime = "its time cannot be read, or in more than one way";

/** Whether a source gave a time that nobody could read (timeSaid). */
function isUnread(time: Date | undefined): boolean {
  return time !== undefined && Number.isNaN(time.getTime());
}

export function badRow(line: number, text: string, problem: string): BadRecord {
  return { line, problem: shown(problem), text: shown(text) };
}

// PostgreSQL takes neither NUL nor half of a surrogate pair, which a cut can make.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unshown = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/gu;
const plain = /^[\x20-\x7e]*$/;

function shown(text: string): string {
  const short = text.length > textLength ? text.slice(0, textLength) : text;
  return plain.test(short) ? short : short.replace(unshown, "\ufffd");
}

const most = { tags: 64, tag: 100, context: 2000, word: 200, link: 2048 };
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unfit = /[\u0000-\u001f\u007f]|\p{Surrogate}/gu;

/** The value stays as its feed wrote it: core decides. What says nothing is left out, the rest made fit to store. */
function cleaned(said: Observation): Observation {
  const fit: Observation = { value: said.value };
  if (said.type) fit.type = said.type;
  addSureness(fit, said);
  if (said.firstSeen && !isUnread(said.firstSeen)) fit.firstSeen = said.firstSeen;
  // Of two times the one that can be read stands for both: none would be the time of the pull.
  const lastSeen = isUnread(said.lastSeen) ? said.firstSeen : said.lastSeen;
  if (lastSeen) fit.lastSeen = lastSeen;
  if (said.mitreTechniques) fit.mitreTechniques = said.mitreTechniques;
  if (said.industries) fit.industries = said.industries;
  // The lowest label raises nothing.
  if (said.tlp && said.tlp !== "clear") fit.tlp = said.tlp;
  if (said.record) fit.record = said.record.slice(0, most.word);
  addWords(fit, said);
  return fit;
}

function addSureness(fit: Observation, { confidence, certainty, active }: Observation): void {
  if (confidence) fit.confidence = confidence;
  if (certainty !== undefined) fit.certainty = certainty;
  if (active !== undefined) fit.active = active;
}

function addWords(fit: Observation, said: Observation): void {
  const { tags = [], threatType, malwareFamily, referenceUrl: link, context } = said;
  if (tags.length > 0) fit.tags = tags.slice(0, most.tags).map((tag) => clean(tag, most.tag));
  if (threatType) fit.threatType = clean(threatType, most.word);
  if (malwareFamily) fit.malwareFamily = clean(malwareFamily, most.word);
  if (link && link.length <= most.link) fit.referenceUrl = clean(link, most.link);
  if (context) fit.context = clean(context, most.context);
}

function clean(text: string, length: number): string {
  const short = text.length > length ? text.slice(0, length) : text;
  return plain.test(short) ? short : short.replace(unfit, " ").trim();
}
