/** Characters that a person does not see and a model reads: controls, zero-width, bidirectional, tags, private use. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}]/gu;

/** Fields whose text others wrote freely, with the characters that are kept of it. */
const quoted: Readonly<Record<string, number | undefined>> = {
  context: 300,
  title: 300,
  summary: 1_000,
  severity_reason: 300,
  note: 300,
};

/** Fields of names and labels that others chose. */
const labels = new Set([
  "tags",
  "threat_type",
  "malware_family",
  "source_feed",
  "feed_name",
  "source_name",
  "warnings",
]);
const longestLabel = 80;

/**
 * The answer with the text of others made harmless, as far as that can be: what nobody sees is taken out; what they wrote
 * freely is one line between ⟦ and ⟧, without the signs of markup and of a model's own turns, and cut.
 */
export function defuse(value: unknown, field = ""): unknown {
  if (typeof value === "string") return defuseText(value, field);
  if (Array.isArray(value)) return value.map((item) => defuse(item, field));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, defuse(inner, key)]));
}

function defuseText(text: string, field: string): string {
  const most = quoted[field];
  if (most !== undefined) return quote(text, most);
  if (labels.has(field)) return cut(plain(text), longestLabel);
  // Queries and rules have lines of their own.
  return text
    .split("\n")
    .map((line) => line.replace(unseen, ""))
    .join("\n");
}

/** A text of others as data: one line between marks that it cannot hold itself. */
export function quote(text: string, most: number): string {
  return `⟦${cut(plain(text), most)}⟧`;
}

function plain(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(unseen, "")
    .replace(/[⟦⟧]/g, "|")
    .replaceAll("<", "‹")
    .replaceAll(">", "›")
    .replaceAll("```", "'''")
    .replace(/\]\(/g, "] (")
    .replace(/\[(\/?(?:INST|SYS|TOOL)[^\]]{0,20})\]/gi, "($1)")
    .trim();
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
