import fs from "node:fs";

/** A reader of text from outside, and the texts that it is meant for. */
export type Reader = {
  readonly name: string;
  readonly read: (text: string) => unknown;
  /** Texts that it takes: hostile ones are made of their beginnings, with something repeated, and of their ends. */
  readonly samples: readonly string[];
  /** Literals of the patterns that it reads with. */
  readonly tokens: readonly string[];
  /** CPU that is worth spending on it in the suite, in ms. */
  readonly worthMs: number;
};

/** One hostile text of any size. */
export type Hostile = { readonly name: string; readonly make: (size: number) => string };

/** One character of every class that patterns know, and what is rare enough to be forgotten. */
const classes = [
  ..." \t\n\r\v\f\u0000\u0007\u00a0\u2003\u2028\u200b\u00ad\ufeff",
  ..."aZ0f9_éßİжק中。．\u0301\ufdfa\u{1f600}",
  "\ud83d",
  "\ude00",
  // Marks that are put in order by their classes, and jamo that make one syllable (UAX 15).
  "\u0301\u0316",
  "\u1100\u1161\u11a8",
  ..."!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~“”‘’«»…–",
];

/** What joins two of a kind in some text. */
const joints = [" ", ".", ",", "\n", "a", "0", '"', ":", "\\"];
/** What ends a text so that it is nearly what was looked for. */
const ends = ["", "!", " ", "a", "0", "\n", "\u0000", "é", '"'];

/** Every literal that stands in the patterns and strings of a source file, and every pair of characters in those. */
export function tokensOf(source: string): string[] {
  const tokens = new Set<string>();
  for (const [, text = ""] of source.matchAll(literals)) {
    for (const part of plainParts(text)) tokens.add(part);
  }
  for (const [, text = ""] of source.matchAll(/"((?:[^"\\\n]|\\.){1,60})"/g)) {
    // What names a module or tells people something is nothing that is read.
    if (!/^\.{0,2}\/|^node:|^@| .* /.test(text)) tokens.add(unescaped(text));
  }
  return [...tokens].filter((token) => token.length > 0 && token.length <= 40);
}

/** Files of literals, read by their paths. */
export function tokensIn(...files: readonly string[]): string[] {
  return [...new Set(files.flatMap((file) => tokensOf(fs.readFileSync(file, "utf8"))))];
}

// A regular expression, or a part of one in a template.
const literals =
  /(?:\/(?![*/])|String\.raw`|new RegExp\(\s*`|= `)((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/`\\\n])+)(?:\/[dgimsuvy]*[,;)\s.]|`)/g;

function plainParts(pattern: string): string[] {
  return pattern
    .replace(/\$\{[^}]*\}/g, " ")
    .replace(/\\[bB]|\\p\{[^}]*\}|\(\?<?[:=!]|\(\?<\w+>|\{[0-9,]+\}/g, "\ue000")
    .replace(/\\u\{?([0-9a-f]{4,5})\}?/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(
      /\\([sdwSDWtnr])/g,
      (_, letter: string) => ({ s: " ", S: "x", d: "0", D: "x", w: "a", W: "-" })[letter] ?? "\n",
    )
    .replace(/\\(.)/g, "$1")
    .split(/[\ue000()|^$*+?[\]{}]+/);
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => ({ n: "\n", t: "\t", r: "\r" })[letter] ?? letter);
}

/**
 * Hostile texts for a reader: every character class and every token that its patterns know, repeated alone, with
 * something between, between the beginning and the end of what it takes, and nested; and `mixed` chance combinations
 * of these, the same for the same `seed`.
 */
export function hostileTexts(reader: Pick<Reader, "samples" | "tokens">, mixed: number, seed = 1): Hostile[] {
  const pieces = [...new Set([...classes, ...reader.tokens])];
  const cuts = cutsOf(reader.samples);
  const alone = pieces.map((piece) => repeated("", piece, ""));
  const joined = pieces.flatMap((piece) => joints.map((joint) => repeated("", piece + joint, "!")));
  const pick = picker(seed);
  const mixtures = Array.from({ length: mixed }, () => {
    const [before, after] = pick(cuts);
    const piece = pick(pieces) + (pick(turns) ? pick(pieces) : "") + (pick(turns) ? pick(joints) : "");
    return repeated(pick(turns) ? before : pick(pieces), piece, pick(turns) ? after : pick(ends));
  });
  const within = Array.from({ length: mixed }, () => {
    const [before, after] = pick(cuts);
    return repeated(before, pick(pieces), after);
  });
  const simple = [...brackets.map(([open, close]) => nested(open, close)), ...alone];
  return [...shuffled(simple, pick), ...shuffled([...joined, ...mixtures, ...within], pick)];
}

function shuffled<One>(all: readonly One[], pick: Choose): One[] {
  const chances = all.map((one) => ({ one, chance: pick(places) }));
  return chances.sort((a, b) => a.chance - b.chance).map(({ one }) => one);
}

const places = Array.from({ length: 65_536 }, (_, index) => index);
const turns = [true, false];
const brackets = ["()", "[]", "{}", "<>", '""', "''"].map((pair): [string, string] => [pair.charAt(0), pair.charAt(1)]);

/** Every way to put something into a sample: at its two ends, and before each sign in it. */
function cutsOf(samples: readonly string[]): [string, string][] {
  const cuts = samples.flatMap((sample) => {
    const places = [...sample.matchAll(/[^\p{L}\p{N}]|(?<=[^\p{L}\p{N}])[\p{L}\p{N}]/gu)].map(({ index }) => index);
    const few = places.length > 40 ? places.filter((_, at) => at % Math.ceil(places.length / 40) === 0) : places;
    return [0, ...few, sample.length].map((at): [string, string] => [sample.slice(0, at), sample.slice(at)]);
  });
  return cuts.length > 0 ? cuts : [["", ""]];
}

function repeated(before: string, piece: string, after: string): Hostile {
  return {
    name: `${JSON.stringify(before.slice(-60))} + ${JSON.stringify(piece)} … + ${JSON.stringify(after.slice(0, 40))}`,
    make: (size) => before + piece.repeat(Math.max(1, Math.floor(size / piece.length))) + after,
  };
}

function nested(open: string, close: string): Hostile {
  return {
    name: `${open} … ${close} nested`,
    make: (size) => open.repeat(size / 2) + close.repeat(size / 2),
  };
}

/** Choices by a linear congruence (Numerical Recipes): the same for the same seed. */
type Choose = <One>(from: readonly One[]) => One;

function picker(seed: number): Choose {
  let state = seed >>> 0;
  return (from) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return from[Math.floor((state / 2 ** 32) * from.length)] as never;
  };
}

/** CPU of a reader for a text and for one of twice its size, in ms. */
export type Growth = { readonly input: string; readonly ms: number; readonly twiceMs: number; readonly ratio: number };

/**
 * What hostile texts do to a reader: for each the CPU time at `size` and twice that. What takes less than `spareMs` at
 * twice the size is not looked at again: quadratic work would take many times as long. Of more texts than `budgetMs` of
 * CPU suffices for, those at the beginning and a fair choice of the others are looked at.
 */
export async function growthsOf(
  reader: Reader,
  texts: readonly Hostile[],
  { size, spareMs, budgetMs = Number.POSITIVE_INFINITY }: { size: number; spareMs: number; budgetMs?: number },
): Promise<Growth[]> {
  const found: Growth[] = [];
  const started = process.cpuUsage();
  for (const { name, make } of texts) {
    // From small to large: what is exponential shows before it hangs.
    let small = Math.min(size, 16);
    let growth = await growthAt(reader, name, make, { size: small, spareMs });
    while (small < size && growth.twiceMs < hopelessMs) {
      small = Math.min(size, small * 8);
      growth = await growthAt(reader, name, make, { size: small, spareMs });
    }
    // Bounded looks around a place grow like a square until their bound.
    if (growth.ratio > mostGrowth && growth.twiceMs < hopelessMs) {
      const larger = await growthAt(reader, name, make, { size: 4 * size, spareMs: 4 * spareMs });
      if (larger.ratio < growth.ratio) growth = larger;
    }
    found.push(growth);
    const { user, system } = process.cpuUsage(started);
    if ((user + system) / 1_000 > budgetMs) break;
  }
  return found;
}

/** Of CPU for one text: what takes longer is not made longer still. */
const hopelessMs = 2_000;
/** More than twice, since linear work is not measured more exactly; quadratic work takes four times as long. */
export const mostGrowth = 2.5;

type Bounds = { size: number; spareMs: number };

async function growthAt(reader: Reader, input: string, make: Hostile["make"], { size, spareMs }: Bounds) {
  const long = make(2 * size);
  let twiceMs = await cpuMs(reader, long);
  if (twiceMs < spareMs) return { input, ms: Number.NaN, twiceMs, ratio: 0 };
  const short = make(size);
  let growth: Growth = { input, ms: 0, twiceMs, ratio: Number.POSITIVE_INFINITY };
  for (let pair = 0; pair < pairs && growth.ratio > mostGrowth; pair += 1) {
    const ms = await cpuMs(reader, short);
    twiceMs = await cpuMs(reader, long);
    const ratio = twiceMs / Math.max(ms, spareMs / 2.2);
    if (ratio < growth.ratio) growth = { input, ms, twiceMs, ratio };
    // Work this long is measured well enough.
    if (pair >= 2 && twiceMs > 1_000) break;
  }
  return growth;
}

/** Of so many pairs of readings the one that grew least counts: compiler and collector are in the process's CPU time too. */
const pairs = 10;

async function cpuMs({ read }: Reader, text: string): Promise<number> {
  const before = process.cpuUsage();
  await read(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** What grows more than linear work does, a sentence each; in the suite, where time is short. */
export async function superLinear(reader: Reader): Promise<string[]> {
  const texts = hostileTexts(reader, 300);
  const growths = await growthsOf(reader, texts, { size: 4_096, spareMs: 1, budgetMs: reader.worthMs });
  return growths
    .filter(({ ratio }) => ratio > mostGrowth)
    .map(({ input, ms, twiceMs }) => `${input}: ${ms.toFixed(1)} ms, twice as long ${twiceMs.toFixed(1)} ms`);
}

type Module = Readonly<Record<string, unknown>>;

/**
 * Exported functions that are neither among the readers nor said to be none, by file or folder and name. A verb, whose
 * first parameter is its context, gets what the schema of its procedure has let through.
 */
export function unlisted(
  modules: Readonly<Record<string, Module>>,
  readers: readonly Pick<Reader, "name">[],
  notReaders: Readonly<Record<string, readonly string[]>>,
): string[] {
  const known = new Set(readers.map(({ name }) => name.replace(/^[^/]+\/| \(.*$/g, "")));
  for (const names of Object.values(notReaders)) for (const name of names) known.add(name);
  return Object.entries(modules).flatMap(([of, module]) =>
    Object.entries(module)
      .filter(([, value]) => typeof value === "function" && !/^class\b/.test(String(value)) && !isVerb(String(value)))
      .map(([name]) => `${of}.${name}`)
      .filter((name) => !known.has(name)),
  );
}

function isVerb(source: string): boolean {
  return /^(?:async )?(?:function\*? )?\w*\(\s*(?:ctx|tx|call|query|\{\s*(?:sql|db|peppers)\b)/.test(source);
}
