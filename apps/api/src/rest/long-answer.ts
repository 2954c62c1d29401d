import { mapInSlices, type Turn } from "@tocsin/core/lib";

/** Answers with more records than this are written in slices. */
const fewRecords = 100;

type LongAnswer = { data: unknown[] };

/** An answer of many records as JSON text, written in slices of `take`, so that it keeps no short request waiting. */
export async function writeLongAnswer(answer: LongAnswer, take: Turn): Promise<string> {
  const fields: string[] = [];
  for (const [name, value] of Object.entries(answer)) {
    const text = name === "data" ? `[${(await mapInSlices(answer.data, textOf, take)).join()}]` : JSON.stringify(value);
    if (text !== undefined) fields.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${fields.join()}}`;
}

const textOf = (record: unknown): string => JSON.stringify(record) ?? "null";

export function isLong(answer: unknown): answer is LongAnswer {
  const { data } = (answer ?? {}) as { data?: unknown };
  return Array.isArray(data) && data.length > fewRecords;
}
