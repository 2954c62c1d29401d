// The listing of a repository: https://docs.github.com/en/rest/git/trees
import type { Layout } from "../definition/layout";
import { readJson } from "./json";
import { keepFirst } from "./keep-first";

/** Of a repository that keeps a file for every report. */
const mostFiles = 200;

/** Files whose path fits, under `base`, the folder of raw files. They are taken from the end, where the newest are. */
export function githubTree(base: string, path: RegExp, most = mostFiles): Layout {
  return {
    name: "GitHub tree",
    fits: (head) => /^[\s\ufeff]*\{/.test(head) && /"tree"\s*:\s*\[/.test(head),
    read: async function* (chunks, state) {
      const newest = keepFirst<string>(most, (one, two) => (one < two ? 1 : -1));
      const rows = readJson(chunks, state, { containers: ["tree"], keyed: false }, (fields) => {
        if (fields("type") === "blob" && path.test(fields("path"))) newest.add(fields("path"));
        return [];
      });
      for await (const group of rows) yield group.filter((row) => "problem" in row);
      state.more = newest
        .all()
        .map((name) => ({ name, url: base + name.split("/").map(encodeURIComponent).join("/") }));
    },
  };
}
