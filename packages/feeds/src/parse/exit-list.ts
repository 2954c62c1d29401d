// TorDNSEL exit lists: https://metrics.torproject.org/collector.html#type-tordnsel
import type { Observation } from "@tocsin/core/values";
import type { Parsed, ReadState } from "../definition/layout";
import { headLines } from "./decode";
import { type Line, readLines } from "./lines";
import { badRow, parsedOf } from "./parsed";
import { timeSaid } from "./said";

/** One exit node: its fingerprint and the addresses that it was seen to leave from. */
export type Exit = { node: string; addresses: readonly { ip: string; at: Date | undefined }[] };

type OpenExit = { line: number; text: string; node: string; addresses: { ip: string; at: Date | undefined }[] };

const address =
  /^ExitAddress\s+(\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f.:]{1,42})(?:\s+(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}))?$/i;
const most = 1000;

/** Blocks of lines, each begun by `ExitNode`. */
export async function* readExitList(
  chunks: AsyncIterable<Uint8Array>,
  state: ReadState,
  read: (exit: Exit) => readonly Observation[],
): AsyncGenerator<Parsed[]> {
  let exit: OpenExit | null = null;
  let last: Line | undefined;
  for await (const lines of readLines(chunks, state)) {
    const rows: Parsed[] = [];
    for (const line of lines) exit = take(line, exit, rows, read);
    last = lines.at(-1);
    if (rows.length > 0) yield rows;
  }
  if (last?.open && !(address.exec(last.text.trim())?.[2] ?? "")) state.cut ??= "the body ends inside a line";
  if (exit && exit.addresses.length === 0) state.cut ??= "the body ends inside a record";
  if (exit) yield [rowOf(exit, read)];
}

function take(line: Line, exit: OpenExit | null, rows: Parsed[], read: (exit: Exit) => readonly Observation[]) {
  const text = line.text.trim();
  const node = /^ExitNode\s+([0-9A-F]{40})$/i.exec(text)?.[1];
  if (node !== undefined) {
    if (exit) rows.push(rowOf(exit, read));
    return { line: line.line, text, node, addresses: [] };
  }
  if (text === "" || /^(?:Published|LastStatus|@type|Downloaded)\b/.test(text) || text.startsWith("#")) return exit;
  const [, ip, at = ""] = address.exec(text) ?? [];
  if (ip === undefined) rows.push(badRow(line.line, text, "not a line of an exit list"));
  else if (!exit) rows.push(parsedOf(line.line, text, read({ node: "", addresses: [{ ip, at: timeSaid(at) }] })));
  else if (exit.addresses.length < most) exit.addresses.push({ ip, at: timeSaid(at) });
  else rows.push(badRow(line.line, text, `a node with more than ${most} addresses`));
  return exit;
}

function rowOf(exit: OpenExit, read: (exit: Exit) => readonly Observation[]): Parsed {
  if (exit.addresses.length === 0) return badRow(exit.line, exit.text, "an exit node without a readable address");
  return parsedOf(exit.line, exit.text, read(exit));
}

export function fitsExitList(head: string): boolean {
  const lines = headLines(head);
  return lines.some((line) => /^Exit(?:Node|Address)\s/.test(line)) && !/^[<{[]/.test(lines[0] ?? "");
}
