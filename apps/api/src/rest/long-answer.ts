import { mapInSlices, type Turn } from "@tocsin/core/lib";

/** Answers with more records than this are written in slices. */
const fewRecords = 100;

/**
 * An answer as JSON text, written in slices of `take` where it has many records (`data`), so that a long answer keeps no
 * short request waiting; the answer itself where it is short.
 */
export async function writeLongAnswer(answer: unknown, take: Turn): Promise<unknown> {
  if (!isLong(answer)) return answer;
  const fields: string[] = [];
  for (const [name, value] of Object.entries(answer)) {
    const text = name === "data" ? `[${(await mapInSlices(answer.data, textOf, take)).join()}]` : JSON.stringify(value);
    if (text !== undefined) fields.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${fields.join()}}`;
}

const textOf = (record: unknown): string => JSON.stringify(record) ?? "null";

function isLong(answer: unknown): answer is { data: unknown[] } {
  const { data } = (answer ?? {}) as { data?: unknown };
  return Array.isArray(data) && data.length > fewRecords;
}
