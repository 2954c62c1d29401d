// `npm test`: installs, runs the tests of every package, sums them up and says what was left out.
import fs from "node:fs";
import path from "node:path";
import { runFailedAgain } from "./run-failed-again.mjs";
import { checkNode, install, pnpm, root } from "./workspace.mjs";

checkNode();
install();
const folders = ["packages", "apps"].flatMap((kind) =>
  fs.readdirSync(path.join(root, kind)).map((name) => path.join(root, kind, name)),
);
const reportOf = (folder) => path.join(folder, ".turbo", "tests.json");
for (const folder of folders) fs.rmSync(reportOf(folder), { force: true });

const chromium = [process.env.CHROMIUM_PATH, "/usr/bin/chromium"].find((file) => file && fs.existsSync(file));
const env = chromium ? { CHROMIUM_PATH: chromium } : {};
const status = pnpm(
  // Each package's own workers use both cores: two packages at once would only wait for each other.
  ["exec", "turbo", "run", "test", "--continue", "--concurrency=1", "--log-prefix=none", ...process.argv.slice(2)],
  { env },
);

const files = [];
const outside = [];
const silent = [];
for (const folder of folders) {
  try {
    const report = JSON.parse(fs.readFileSync(reportOf(folder), "utf8"));
    files.push(...report.files.map((file) => ({ ...file, folder })));
    outside.push(...report.outside);
  } catch {
    silent.push(path.relative(root, folder));
  }
}
const hadFailures = outside.length > 0 || files.some(({ failures }) => failures.length > 0);
const unstable = runFailedAgain(files, env);
const failures = [...files.flatMap((file) => file.failures), ...outside];
const passed = files.reduce((sum, file) => sum + file.passed, 0);

for (const folder of silent) console.log(`${folder}: its tests gave no report`);
const skipped = [
  process.env.TEST_DATABASE_URL ? null : "the database suite on PostgreSQL: TEST_DATABASE_URL names no server",
  process.env.TEST_REDIS_URL ? null : "the suite on Redis: TEST_REDIS_URL names no server",
  chromium ? null : "the tests in a browser: no Chromium at CHROMIUM_PATH or /usr/bin/chromium",
  ["/usr/sbin/nginx", "/usr/sbin/haproxy"].every((file) => fs.existsSync(file))
    ? null
    : "the tests behind proxies: no nginx and HAProxy in /usr/sbin",
].filter(Boolean);
for (const what of skipped) console.log(`skipped: ${what}`);
// .ci/run brings the servers and says so: there a suite that is left out is a mistake.
const incomplete = process.env.TOCSIN_TESTS === "all" && skipped.length > 0;
if (incomplete) console.log("TOCSIN_TESTS=all: no suite may be left out");
// Turbo may fail without a word of a test: a package whose tests did not start, say.
const broken = incomplete || silent.length > 0 || (status !== 0 && !hadFailures) ? 1 : 0;

console.log("\nThe slowest files:");
for (const { folder, file, project, ms } of files.toSorted((a, b) => b.ms - a.ms).slice(0, 15)) {
  console.log(`${(ms / 1000).toFixed(1).padStart(8)} s  ${path.basename(folder)}/${file} (${project})`);
}
for (const { where, message } of unstable) {
  console.log(
    `\nUNSTABLE ${where}\n${message}\n  It passed when its file ran again by itself. That is a fault too: mend it.`,
  );
}
if (unstable.length > 0) console.log(`\n${unstable.length} unstable, counted as passed`);
// At the very end, since a log that is cut off keeps its last lines.
for (const { where, message } of failures) console.log(`\nFAILED ${where}\n${message}`);
console.log(`${passed} passed, ${failures.length + broken} failed`);
process.exit(failures.length + broken > 0 ? 1 : 0);
