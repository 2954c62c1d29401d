/**
 * Reading articles: MB of real ones a second of processor time, and how much more that takes than splitting
 * the same text into tags and words in the same run. Reads the articles of a folder with a manifest, as ../shared/feeds is.
 *
 *   npx tsx bench/extraction.ts <folder>
 */
import fs from "node:fs";
import path from "node:path";
import { extractArticle } from "@tocsin/core/extraction";

const folder = process.argv[2];
if (!folder) throw new Error("name the folder that holds articles/manifest.json");
const manifest = fs.readFileSync(path.join(folder, "articles/manifest.json"), "utf8");
const entries = JSON.parse(manifest) as { file: string; name: string; expected?: string }[];
const articles = entries
  .filter(({ file, expected }) => expected && file.startsWith("articles/"))
  .map(({ file, name }) => ({ name, file, body: fs.readFileSync(path.join(folder, file), "utf8") }));
const size = articles.reduce((sum, { body }) => sum + body.length, 0);

/** MB a second of processor time, the best of three passes. */
function speedOf(read: (article: (typeof articles)[number]) => unknown): number {
  const passes = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    for (const article of articles) read(article);
    return size / process.cpuUsage(before).user;
  });
  return Math.max(...passes);
}

const extraction = speedOf(({ name, file, body }) =>
  extractArticle({
    title: name,
    url: "",
    publisherHosts: [],
    ...(file.endsWith(".html") ? { html: body } : { text: body }),
  }),
);
const split = speedOf(({ body }) => body.split(/(<[^>]*>|\s+)/));
console.log(`${articles.length} articles, ${(size / 1e6).toFixed(1)} MB`);
console.log(`${extraction.toFixed(2)} MB a second of processor time`);
console.log(`${(split / extraction).toFixed(1)} times what splitting them into tags and words takes`);
