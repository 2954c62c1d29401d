import { mappingShape, type OwnFeedFormat } from "@tocsin/core/own-feeds";
import { resolveObservation } from "@tocsin/core/values";
import type { Parsed, ReadState } from "../definition/layout";
import { ownLayouts } from "../own/layouts";

type Read = { values: Set<string>; problems: string[] };

/** What an operator's feed keeps of a body: `type value` each once, and why it refuses the rest. */
export async function readOwn(format: OwnFeedFormat, mapping: object, body: string): Promise<Read> {
  const layout = ownLayouts(format, mappingShape.parse(mapping), "https://feed.example/").find(({ fits }) =>
    fits(body),
  );
  const read: Read = { values: new Set(), problems: layout ? [] : ["the body fits no layout"] };
  const state: ReadState = { lines: 0 };
  for await (const rows of layout?.read(chunksOf(body), state) ?? []) for (const row of rows) add(read, row);
  if (state.cut !== undefined) read.problems.push(state.cut);
  return read;
}

function add({ values, problems }: Read, row: Parsed): void {
  if ("problem" in row) {
    problems.push(row.problem);
    return;
  }
  for (const found of row.observations.map(resolveObservation)) {
    if (found.ok) values.add(`${found.type} ${found.value}`);
    else problems.push(found.problem);
  }
}

async function* chunksOf(body: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(body);
}
