import { currentCatalogue, fullNameOf } from "../attack";
import type { ThreatKind } from "./shape";

export type Mentioned = { id: string; name: string; articles: number };
type Row = { kind: string; word: string; articles: number | string };

/** Words of articles as threats of one kind, most often named first; names of one threat are put together. */
export function mentionedOf(rows: readonly Row[], kind: ThreatKind, except: ReadonlySet<string> = new Set()) {
  const byId = new Map<string, Mentioned>();
  for (const { word, articles } of rows.filter((row) => row.kind === kind && !except.has(row.word))) {
    const { id, name } = namedBy(kind, word);
    byId.set(id, { id, name, articles: (byId.get(id)?.articles ?? 0) + Number(articles) });
  }
  return [...byId.values()].sort((a, b) => b.articles - a.articles || (a.name < b.name ? -1 : 1)).slice(0, 10);
}

function namedBy(kind: ThreatKind, word: string): { id: string; name: string } {
  if (kind === "technique") return { id: word, name: fullNameOf(word) ?? word };
  if (kind === "cve") return { id: word, name: word };
  const { groups, malware } = currentCatalogue();
  const entry = (kind === "group" ? groups : malware).find(({ name }) => name === word);
  return { id: entry?.attackId ?? word, name: word };
}
