import type { Parsed, ReadState } from "../definition/layout";
import { fieldsOfObject, isObject, parse, type ReadJsonRecord, rowOf } from "./json";
import { type Line, readLines } from "./lines";
import { badRow, type Fields } from "./parsed";

export type NdjsonForm = {
  /** Tells the record with which the vendor ends every body. */
  isEnd: (fields: Fields) => boolean;
};

/** One JSON object a line. */
export async function* readNdjson(
  chunks: AsyncIterable<Uint8Array>,
  state: ReadState,
  form: NdjsonForm,
  read: ReadJsonRecord,
): AsyncGenerator<Parsed[]> {
  let ended = false;
  for await (const lines of readLines(chunks, state)) {
    const records = lines.filter((line) => line.text.trim() !== "" && !isEndRecord(line, form));
    ended ||= lines.some((line) => isEndRecord(line, form));
    if (records.length > 0) yield records.map((line) => lineOf(line, read));
  }
  if (!ended) state.cut ??= "the record with which its vendor closes the body is missing";
}

function lineOf({ line, text, long }: Line, read: ReadJsonRecord): Parsed {
  return long ? badRow(line, text, "the line is too long") : rowOf({ line, key: "", text }, read);
}

function isEndRecord({ text, long }: Line, form: NdjsonForm): boolean {
  if (long || !text.includes('"metadata"')) return false;
  const value = parse(text);
  return isObject(value) && form.isEnd(fieldsOfObject(value));
}
