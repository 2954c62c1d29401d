import type { Observation } from "@tocsin/core/iocs";
import type { Parsed } from "../layout";

/** Looks up a field of a record by the first of its names that holds something; "" when none does. */
export type Fields = (...names: readonly string[]) => string;

/** What a vendor's record says: observations, or what is wrong with it. */
export type ReadRecord = (fields: Fields) => readonly Observation[] | string;

/** Characters of a record that are kept beside it. */
const textLength = 200;

/** One record as a layout hands it on. */
export function parsedOf(line: number, text: string, result: readonly Observation[] | string): Parsed {
  if (typeof result === "string") return badRow(line, text, result);
  for (const { value } of result) {
    if (value === "") return badRow(line, text, "the value is empty");
    if (value.includes("\ufffd")) return badRow(line, text, "the value holds bytes that are not UTF-8");
  }
  return { line, observations: result.map(cleaned), text: text.slice(0, textLength) };
}

export function badRow(line: number, text: string, problem: string): Parsed {
  return { line, problem, text: text.slice(0, textLength) };
}

const most = { tags: 64, tag: 100, context: 2000, word: 200, link: 2048 };
// PostgreSQL takes neither NUL nor half of a surrogate pair; other control characters are never meant.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unfit = /[\u0000-\u001f\u007f]|\p{Surrogate}/gu;
const clean = (text: string, length: number) => fit(text.length > length ? text.slice(0, length) : text);
const fit = (text: string) => text.replace(unfit, " ").trim();

/** The value stays as its feed wrote it: core decides. */
function cleaned(observation: Observation): Observation {
  const { tags, threatType, malwareFamily, referenceUrl, context, ...rest } = observation;
  const kept = tags?.slice(0, most.tags).map((tag) => clean(tag, most.tag));
  return {
    ...rest,
    ...(kept && kept.length > 0 && { tags: kept }),
    ...(threatType && { threatType: clean(threatType, most.word) }),
    ...(malwareFamily && { malwareFamily: clean(malwareFamily, most.word) }),
    ...(referenceUrl && referenceUrl.length <= most.link && { referenceUrl: fit(referenceUrl) }),
    ...(context && { context: clean(context, most.context) }),
  };
}
