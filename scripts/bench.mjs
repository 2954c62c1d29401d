// `npm run -s bench [-- name… [--option …]]`: benches of apps/api/bench on the build, one after the other; without a name a
// short set. `-- --list` names all of them.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { build, checkNode, install, root } from "./workspace.mjs";

const api = path.join(root, "apps/api");
const folder = path.join(api, "bench");
// What a bench imports has no comment of its own at its head.
const benches = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ name: path.basename(file, ".ts"), text: fs.readFileSync(path.join(folder, file), "utf8") }))
  .filter(({ text }) => text.startsWith("/**"));
const short = [["gate"], ["lists", "--few", "10000", "--many", "50000", "--seconds", "1"], ["fair", "--seconds", "5"]];

checkNode();
const given = process.argv.slice(2);
if (given[0] === "--list") {
  for (const { name, text } of benches)
    console.log(`${name.padEnd(12)}${/\/\*\*\s+\* (.*?)[.:;]\s/s.exec(text)?.[1].replaceAll(/\s+\* /g, " ")}`);
  process.exit();
}
const at = given.findIndex((word) => word.startsWith("--"));
const names = at < 0 ? given : given.slice(0, at);
const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
if (unknown !== undefined) {
  console.error(`There is no bench ${unknown}; there are ${benches.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}
const runs =
  names.length === 0
    ? short.map((run) => [...run, ...given])
    : names.map((name) => [name, ...given.slice(names.length)]);
// Standard output belongs to the benches.
console.log = console.error;
install();
build();
for (const [name, ...options] of runs) {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", path.join("bench", `${name}.ts`), ...options], {
    cwd: api,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}
