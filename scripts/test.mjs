// `npm test`: installs, runs the tests of every package, sums them up and says what was left out.
import fs from "node:fs";
import path from "node:path";
import { checkNode, install, pnpm, root } from "./workspace.mjs";

checkNode();
install();
const folders = ["packages", "apps"].flatMap((kind) =>
  fs.readdirSync(path.join(root, kind)).map((name) => path.join(root, kind, name)),
);
const reportOf = (folder) => path.join(folder, ".turbo", "tests.json");
for (const folder of folders) fs.rmSync(reportOf(folder), { force: true });

const chromium = [process.env.CHROMIUM_PATH, "/usr/bin/chromium"].find((file) => file && fs.existsSync(file));
const status = pnpm(
  // Each package's own workers use both cores: two packages at once would only wait for each other.
  ["exec", "turbo", "run", "test", "--continue", "--concurrency=1", "--log-prefix=none", ...process.argv.slice(2)],
  { env: chromium ? { CHROMIUM_PATH: chromium } : {} },
);

let passed = 0;
const failures = [];
const silent = [];
for (const folder of folders) {
  try {
    const report = JSON.parse(fs.readFileSync(reportOf(folder), "utf8"));
    passed += report.passed;
    failures.push(...report.failures);
  } catch {
    silent.push(path.relative(root, folder));
  }
}
const failed = failures.length;
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
const broken = incomplete || silent.length > 0 || (status !== 0 && failed === 0) ? 1 : 0;
// At the very end, since a log that is cut off keeps its last lines.
for (const { where, message } of failures) console.log(`\nFAILED ${where}\n${message}`);
console.log(`${passed} passed, ${failed + broken} failed`);
process.exit(status !== 0 || broken ? 1 : 0);
