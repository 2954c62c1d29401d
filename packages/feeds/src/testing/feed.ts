import { type FeedFile, type IndicatorFeed, megabyte } from "../definition/feed";
import type { Layout, Parsed, ReadState } from "../definition/layout";

/** One value a line, `|` between several of one record; `#` begins a comment; a last line without its end is a cut. */
const plainLayout: Layout = {
  name: "plain",
  fits: (head) => /^(?:#|[0-9a-z.]+(?:\||\s|$))/.test(head),
  read: async function* (chunks: AsyncIterable<Uint8Array>, state: ReadState) {
    let rest = "";
    for await (const chunk of chunks) {
      const lines = (rest + Buffer.from(chunk).toString("latin1")).split("\n");
      rest = lines.pop() ?? "";
      yield lines.flatMap((text): Parsed[] => {
        const line = ++state.lines;
        if (text.startsWith("#") || text === "") return [];
        if (text.startsWith("?")) return [{ line, problem: "is no record", text }];
        return [{ line, observations: text.split("|").map((value) => ({ value })), text }];
      });
    }
    if (rest !== "") state.cut = "its last line has no end";
  },
};

export function testFeed(
  files: IndicatorFeed["files"] | readonly FeedFile[],
  overrides: Partial<IndicatorFeed> = {},
): IndicatorFeed {
  const [first = { name: "list.txt", url: "http://127.0.0.1:9/" }, ...rest] = files;
  return {
    kind: "indicators",
    id: "plain",
    name: "Plain list",
    vendor: "Vendor",
    homepage: "https://feed.example/",
    category: "threat-feed",
    nature: "list",
    confidence: "medium",
    tlp: "clear",
    licence: { name: "CC0-1.0", url: null, redistribution: "yes" },
    intervalSeconds: 3_600,
    maxBytes: megabyte,
    files: [first, ...rest],
    layouts: [plainLayout],
    ...overrides,
  };
}
