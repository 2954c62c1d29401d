import { contextOf } from "./context";
import type { Indicator } from "./indicators";
import type { Line } from "./line";

const cveShape = /(?<![A-Za-z0-9])CVE[-\u2010-\u2015\u2212 ]([0-9]{4})[-\u2010-\u2015\u2212]([0-9]{4,19})(?![0-9])/gi;

/** The CVEs that are named, each where it is named first. */
export function findCves(lines: readonly Line[]): Indicator[] {
  const found = new Map<string, Indicator>();
  for (const { text } of lines) {
    if (!/cve/i.test(text)) continue;
    for (const match of text.matchAll(cveShape)) {
      const value = `CVE-${match[1]}-${match[2]}`;
      if (found.has(value) || Number(match[1]) < 1999) continue;
      found.set(value, { type: "cve", value, context: contextOf(text, match.index, match.index + match[0].length) });
    }
  }
  return [...found.values()];
}

// Underscores around an id are emphasis; Sigma writes `attack.t1059.001`.
const techniqueShape =
  /(?:(?<=attack\.)t|(?<![A-Za-z0-9.-]|[A-Za-z0-9]_)T)([01][0-9]{3})(?:([./_:-])([0-9]{3})(?![0-9]))?(?![A-Za-z0-9]|_[A-Za-z0-9]|-[0-9]|\.[0-9A-Za-z])/g;
const tacticShape = /(?<![A-Za-z0-9.-]|[A-Za-z0-9]_)TA(00[0-4][0-9]|01[01][0-9])(?![A-Za-z0-9]|_[A-Za-z0-9]|-[0-9])/g;
const idHint = /[Tt]A?[01][0-9]{3}/;
const framework =
  /att&ck|attack\.t[01]|mitre|techni(?:que|cal)|tactic|ttps?\b|\bTA00[0-9]{2}\b|T[01][0-9]{3}\.[0-9]{3}/i;

/** The techniques and tactics of ATT&CK that are named by id, in order; `isKnown` tells an id from a model number. */
export function findAttackIds(
  lines: readonly Line[],
  isKnown: (id: string) => boolean,
): { techniques: string[]; tactics: string[] } {
  const techniques = new Set<string>();
  const tactics = new Set<string>();
  const speaking = lines.filter(({ text }) => idHint.test(text));
  if (speaking.length === 0) return { techniques: [], tactics: [] };
  const speaksOfAttack = lines.some(({ text }) => framework.test(text));
  for (const { text } of speaking) {
    for (const technique of techniquesIn(text, isKnown, speaksOfAttack)) techniques.add(technique);
    for (const [id] of text.matchAll(tacticShape)) tactics.add(id);
  }
  return { techniques: [...techniques], tactics: [...tactics] };
}

function techniquesIn(text: string, isKnown: (id: string) => boolean, speaksOfAttack: boolean): string[] {
  return [...text.matchAll(techniqueShape)].flatMap(([, main = "", mark = "", sub]) => {
    const id = sub === undefined ? `T${main}` : `T${main}.${sub}`;
    const known = isKnown(id);
    // Other marks than ATT&CK's own are met in the names of models too.
    if (!known && /[_:-]/.test(mark)) return [];
    // The tables lack the mobile matrix, and what is newer than they are.
    const isMeant = known ? speaksOfAttack || sub !== undefined : speaksOfAttack && framework.test(text);
    return isMeant ? [id] : [];
  });
}
