import type { DumpFacts } from "./dump";

/** A dump that is cut short, or is not as it was written. */
export class DumpDamagedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DumpDamagedError";
  }
}

/** A dump of a schema that this build does not know. */
export class DumpNewerError extends Error {
  constructor(readonly unknown: readonly string[]) {
    super(
      `The backup is of a newer version of Tocsin: it has the migration${unknown.length > 1 ? "s" : ""} ${unknown.join(", ")}. Restore it with a version at least as new as the one that made it.`,
    );
    this.name = "DumpNewerError";
  }
}

export type DumpStart = { migrations: string[]; partitions: [string, string][] };

/** What is done with each part of a dump, in the order in which it comes. `rows` is called with a page at a time. */
export type DumpReader = {
  start: (start: DumpStart) => Promise<void>;
  table: (name: string, columns: string[]) => Promise<void>;
  /** Each row is the text of a JSON array. */
  rows: (rows: readonly string[]) => Promise<void>;
  sequences: (last: Record<string, string>) => Promise<void>;
};

export const onlyRead: DumpReader = {
  start: async () => {},
  table: async () => {},
  rows: async () => {},
  sequences: async () => {},
};

/** Characters and rows of a page. */
const pageLength = 1_000_000;
const pageRows = 2_000;

type State = "begin" | "tables" | "sequences" | "end";
/** In which state each part may come, and which one follows. */
const order: Readonly<Record<Head["kind"], readonly [State, State]>> = {
  start: ["begin", "tables"],
  table: ["tables", "tables"],
  sequences: ["tables", "sequences"],
  end: ["sequences", "end"],
};

/** Reads a dump to its end; throws `DumpDamagedError` where it has none, or has other rows than its end says. */
export async function readDump(lines: AsyncIterable<readonly string[]>, reader: DumpReader): Promise<DumpFacts> {
  const facts: DumpFacts = { migrations: [], rows: 0, tables: {} };
  const pages = createPages(reader);
  let current: string | null = null;
  let state: State = "begin";
  const takeRow = (line: string): Promise<void> | undefined => {
    if (current === null) throw new DumpDamagedError("it has a row outside of a table");
    facts.tables[current] = (facts.tables[current] ?? 0) + 1;
    facts.rows++;
    return pages.add(line);
  };
  const takeHead = async (head: Head) => {
    await pages.turn();
    const [here, next] = order[head.kind];
    if (state !== here) throw new DumpDamagedError(`its part ${head.kind} stands in a wrong place`);
    state = next;
    current = head.kind === "table" ? head.name : null;
    await takePart(head, facts, reader);
  };
  for await (const batch of lines) {
    for (const line of batch) await (line.startsWith("[") ? takeRow(line) : takeHead(readHead(line)));
  }
  // Widened, since the compiler takes it for what it was at first.
  if ((state as State) !== "end") throw new DumpDamagedError("it ends before its end: the file was cut");
  return facts;
}

async function takePart(head: Head, facts: DumpFacts, reader: DumpReader): Promise<void> {
  if (head.kind === "start") {
    facts.migrations = head.start.migrations;
    await reader.start(head.start);
  } else if (head.kind === "table") {
    if (Object.hasOwn(facts.tables, head.name)) throw new DumpDamagedError(`it has the table ${head.name} twice`);
    facts.tables[head.name] = 0;
    await reader.table(head.name, head.columns);
  } else if (head.kind === "sequences") await reader.sequences(head.last);
  else requireCounts(facts.tables, head.tables);
}

function createPages(reader: DumpReader) {
  let page: string[] = [];
  let length = 0;
  const turn = async () => {
    if (page.length === 0) return;
    const full = page;
    page = [];
    length = 0;
    await reader.rows(full);
  };
  const add = (line: string): Promise<void> | undefined => {
    page.push(line);
    length += line.length;
    return length >= pageLength || page.length >= pageRows ? turn() : undefined;
  };
  return { add, turn };
}

function requireCounts(found: Record<string, number>, said: Record<string, unknown>): void {
  for (const name of new Set([...Object.keys(found), ...Object.keys(said)])) {
    if (found[name] !== said[name])
      throw new DumpDamagedError(`it has ${found[name] ?? 0} rows of ${name} where it had ${said[name] ?? 0}`);
  }
}

type Head =
  | { kind: "start"; start: DumpStart }
  | { kind: "table"; name: string; columns: string[] }
  | { kind: "sequences"; last: Record<string, string> }
  | { kind: "end"; tables: Record<string, unknown> };

function readHead(line: string): Head {
  const head = parsed(line);
  const { migrations, partitions, table, columns, sequences, end } = head;
  if (
    isTexts(migrations) &&
    Array.isArray(partitions) &&
    partitions.every((pair) => isTexts(pair) && pair.length === 2)
  )
    return { kind: "start", start: { migrations, partitions: partitions as [string, string][] } };
  if (typeof table === "string" && isTexts(columns)) return { kind: "table", name: table, columns };
  if (isRecord(sequences) && isTexts(Object.values(sequences)))
    return { kind: "sequences", last: sequences as Record<string, string> };
  if (isRecord(end) && isRecord(end.tables)) return { kind: "end", tables: end.tables };
  throw new DumpDamagedError("it has a line that says nothing");
}

function parsed(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (isRecord(value)) return value;
  } catch {
    // Told below.
  }
  throw new DumpDamagedError("it has a line that is no JSON");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
