// The listing of a repository: https://docs.github.com/en/rest/git/trees
import type { Layout } from "../definition/layout";
import { readJson } from "./json";

/** More than any repository has that is listed whole; the rest of a longer one is not looked at. */
const mostFiles = 20_000;

/** A folder that would be another one than its name says. */
const leadsOut = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** Where a repository's tree and its raw files are. */
export function githubRepository(repo: string, branch = "HEAD"): { tree: string; raw: string } {
  return {
    tree: `https://api.github.com/repos/${repo}/git/trees/${branch}?recursive=1`,
    raw: `https://raw.githubusercontent.com/${repo}/${branch}/`,
  };
}

/**
 * The files of a repository whose path fits, under `raw`, newest names first; what an object is called in the tree is the
 * version of its file. `repo` tells the trees of a feed that has several.
 */
export function githubTree(
  raw: string,
  path: RegExp,
  { most = mostFiles, repo }: { most?: number; repo?: string } = {},
): Layout {
  return {
    name: repo === undefined ? "GitHub tree" : `GitHub tree of ${repo}`,
    fits: (head) =>
      /^[\s\ufeff]*\{/.test(head) &&
      /"tree"\s*:\s*\[/.test(head) &&
      (repo === undefined || head.slice(0, 1_000).includes(`/repos/${repo}/`)),
    read: async function* (chunks, state) {
      const found: { name: string; version: string }[] = [];
      const rows = readJson(chunks, state, { containers: ["tree"], keyed: false }, (fields) => {
        const isFile = fields("type") === "blob" && path.test(fields("path")) && !leadsOut.test(fields("path"));
        if (isFile && found.length < mostFiles) found.push({ name: fields("path"), version: fields("sha") });
        return [];
      });
      for await (const group of rows) yield group.filter((row) => "problem" in row);
      state.isTree = true;
      state.more = found
        .sort((one, two) => (one.name < two.name ? 1 : -1))
        .slice(0, most)
        .map(({ name, version }) => ({
          name: repo === undefined ? name : `${repo}/${name}`,
          url: raw + name.split("/").map(encodeURIComponent).join("/"),
          ...(version !== "" && { version }),
        }));
    },
  };
}
