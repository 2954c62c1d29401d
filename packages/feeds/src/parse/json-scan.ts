// Finds the records of a JSON document (RFC 8259) without holding the document.

/** The text of one record and the name under which it stands in the document, or why it is none. */
export type JsonItem = { line: number; key: string; text: string; problem?: string };

export type JsonForm = {
  /** Members of the outermost object that hold the records. */
  containers: readonly string[];
  /** Whether the outermost object's other members are records, by their ids. */
  keyed: boolean;
  /** The way down to the object that is taken for the outermost one, as names of members. */
  inside?: readonly string[];
  /** Whether the way down must be there; else the outermost object does as well. */
  exact?: boolean;
  /** Whether texts and numbers in a list of records are records. */
  scalars?: boolean;
  /** Characters of one record, where it may be longer than usual. */
  maxRecord?: number;
  /** Whether what stands around the records is kept. */
  frame?: boolean;
};

type Shape = "array" | "object";
type OpenRecord = { line: number; depth: number; key: string; parts: string[]; length: number };

export type JsonScan = {
  readonly form: JsonForm;
  line: number;
  depth: number;
  root: Shape | null;
  /** Depth inside of the object whose members are looked at. */
  base: number;
  /** Depth inside of what holds the records, and its shape; 0 outside of it. */
  itemDepth: number;
  holder: Shape | null;
  /** What holds the records was there. */
  found: boolean;
  quoted: boolean;
  escaped: boolean;
  closed: boolean;
  key: string;
  strayLine: number;
  record: OpenRecord | null;
  /** Where the open record begins in the text at hand. */
  from: number;
  /** Where what is around the records goes on in the text at hand. */
  frameFrom: number;
  /** The document without its records, or null where nobody asks for it or it is too long. */
  frame: string | null;
  items: JsonItem[];
};

/** Characters of one record, and of the name of one. */
const maxRecord = 1024 * 1024;
const maxKey = 200;
const maxFrame = 1024 * 1024;
/** Of a record that is a text: no bracket closes it. */
const scalarDepth = -1;

export function startScan(form: JsonForm): JsonScan {
  const places = { line: 1, depth: 0, base: 1, itemDepth: 0, strayLine: 0, from: 0, frameFrom: 0 };
  const flags = { quoted: false, escaped: false, closed: false, found: form.keyed && (form.inside?.length ?? 0) === 0 };
  const frame = form.frame ? "" : null;
  return { form, ...places, ...flags, root: null, holder: null, key: "", record: null, frame, items: [] };
}

/** The records that end in this piece of the document. */
export function scanText(scan: JsonScan, text: string): JsonItem[] {
  scan.items = [];
  scan.from = 0;
  scan.frameFrom = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10) scan.line += 1;
    if (scan.quoted) inString(scan, code, text, at);
    else outsideString(scan, code, text, at);
  }
  if (scan.record !== null) keep(scan, scan.record, text.slice(scan.from));
  else keepFrame(scan, text, text.length);
  return scan.items;
}

function outsideString(scan: JsonScan, code: number, text: string, at: number): void {
  switch (code) {
    case 34:
      openString(scan, text, at);
      break;
    case 91:
      openValue(scan, text, at, "array");
      break;
    case 123:
      openValue(scan, text, at, "object");
      break;
    case 93:
    case 125:
      closeValue(scan, text, at);
      break;
    case 44:
      comma(scan, text, at);
      break;
    default:
      if (scan.record === null && code > 32 && code !== 58) word(scan, text, at);
  }
}

/** Why the document is not whole, after its last piece. */
export function endScan(scan: JsonScan): string | null {
  if (scan.root === null) return "the body holds no JSON document";
  return scan.closed && !scan.quoted ? null : "the JSON document ends before its end";
}

function inString(scan: JsonScan, code: number, text: string, at: number): void {
  if (scan.escaped) scan.escaped = false;
  else if (code === 92) scan.escaped = true;
  else if (code === 34) {
    scan.quoted = false;
    if (scan.record?.depth === scalarDepth) endRecord(scan, scan.record, text, at);
    return;
  }
  if (scan.record === null && scan.depth === scan.base && scan.key.length < maxKey)
    scan.key += String.fromCharCode(code);
}

function openString(scan: JsonScan, text: string, at: number): void {
  scan.quoted = true;
  if (scan.record !== null) return;
  if (scan.form.scalars && scan.depth === scan.itemDepth && scan.holder === "array") {
    scan.record = { line: scan.line, depth: scalarDepth, key: "", parts: [], length: 0 };
    scan.from = at;
    keepFrame(scan, text, at);
    return;
  }
  if (scan.depth === scan.base) scan.key = "";
  word(scan, text, at);
}

/** Commas between records are part of neither them nor what is around them. */
function comma(scan: JsonScan, text: string, at: number): void {
  if (scan.record !== null || scan.itemDepth === 0 || scan.depth !== scan.itemDepth) return;
  keepFrame(scan, text, at);
  scan.frameFrom = at + 1;
}

/** Something that is neither object nor array. */
function word(scan: JsonScan, text: string, at: number): void {
  if (scan.depth === 0) stray(scan, text, at, "text stands outside of the JSON document");
  else if (scan.depth === scan.itemDepth && scan.holder === "array") stray(scan, text, at, "not an object");
}

function openValue(scan: JsonScan, text: string, at: number, shape: Shape): void {
  scan.depth += 1;
  if (scan.record !== null) return;
  if (scan.depth === 1) openRoot(scan, text, at, shape);
  else if (scan.depth === scan.base + 1 && shape === "object" && isWayDown(scan)) {
    scan.base += 1;
    scan.found ||= scan.form.keyed && scan.base === (scan.form.inside?.length ?? 0) + 1;
  } else if (!scan.closed && beginsRecord(scan, shape)) {
    scan.record = { line: scan.line, depth: scan.depth, key: scan.key, parts: [], length: 0 };
    scan.from = at;
    keepFrame(scan, text, at);
    if (scan.frame !== null && scan.itemDepth === 0) scan.frame += "null";
  }
}

function openRoot(scan: JsonScan, text: string, at: number, shape: Shape): void {
  if (scan.root !== null) {
    stray(scan, text, at, "text stands outside of the JSON document");
    return;
  }
  scan.root = shape;
  scan.holder = shape;
  scan.itemDepth = shape === "array" ? 1 : 0;
  scan.found ||= shape === "array";
}

function isWayDown({ form, root, base, key }: JsonScan): boolean {
  return root === "object" && form.inside?.[base - 1] === key;
}

function beginsRecord(scan: JsonScan, shape: Shape): boolean {
  if (scan.itemDepth > 0) return scan.depth === scan.itemDepth + 1;
  if (scan.depth !== scan.base + 1 || isAbove(scan)) return false;
  if (!scan.form.containers.includes(scan.key)) return scan.form.keyed;
  scan.itemDepth = scan.base + 1;
  scan.holder = shape;
  scan.found = true;
  return false;
}

/** Whether the way down goes on below the object whose members are looked at. */
function isAbove({ form, base }: JsonScan): boolean {
  return form.exact === true && base <= (form.inside?.length ?? 0);
}

function closeValue(scan: JsonScan, text: string, at: number): void {
  const { record } = scan;
  if (record !== null && record.depth === scan.depth) {
    endRecord(scan, record, text, at);
  }
  scan.depth = Math.max(0, scan.depth - 1);
  if (scan.depth === 0) scan.closed = true;
  if (scan.root === "object" && scan.depth === scan.base) scan.itemDepth = 0;
  if (scan.depth >= 1 && scan.depth < scan.base) scan.base = scan.depth;
}

function endRecord(scan: JsonScan, record: OpenRecord, text: string, at: number): void {
  keep(scan, record, text.slice(scan.from, at + 1));
  scan.items.push(itemOf(scan, record));
  scan.record = null;
  scan.frameFrom = at + 1;
}

/** At most one a line: a binary body would be nothing else. */
function stray(scan: JsonScan, text: string, at: number, problem: string): void {
  if (scan.strayLine === scan.line) return;
  scan.strayLine = scan.line;
  scan.items.push({ line: scan.line, key: "", text: text.slice(at, at + 200), problem });
}

function keep(scan: JsonScan, record: OpenRecord, piece: string): void {
  record.length += piece.length;
  if (record.length <= (scan.form.maxRecord ?? maxRecord)) record.parts.push(piece);
  else record.parts = [record.parts.join("").slice(0, 200) || piece.slice(0, 200)];
}

function keepFrame(scan: JsonScan, text: string, to: number): void {
  if (scan.frame === null) return;
  scan.frame += text.slice(scan.frameFrom, to);
  if (scan.frame.length > maxFrame) scan.frame = null;
}

function itemOf(scan: JsonScan, { line, key, parts, length }: OpenRecord): JsonItem {
  const item = { line, key, text: parts.join("") };
  return length > (scan.form.maxRecord ?? maxRecord) ? { ...item, problem: "the record is too long" } : item;
}
