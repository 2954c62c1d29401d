import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pnpm } from "./workspace.mjs";

/** More than this many files fail for a reason that a second run does not cure. */
const mostFiles = 8;
const mostRuns = 2;

/**
 * Runs each file that failed again by itself, twice at most: a machine that stalled for a minute is no reason to refuse a
 * change. Brings `files` up to date and gives the failures of those that then passed, which stay faults to be mended.
 * @param {{folder: string, file: string, project: string, passed: number, failures: {where: string, message: string}[]}[]} files
 */
export function runFailedAgain(files, env) {
  const failed = files.filter(({ failures }) => failures.length > 0);
  if (failed.length > mostFiles) return [];
  return failed.flatMap((file) => {
    const before = file.failures;
    for (let run = 0; run < mostRuns && file.failures.length > 0; run++) Object.assign(file, runByItself(file, env));
    return file.failures.length === 0 ? before : [];
  });
}

/** Runs one file in its project. Where the run gives no report, or left an error outside of a test, all stays as it was. */
function runByItself({ folder, file, project, passed, failures }, env) {
  console.log(`\nOnce more by itself: ${path.basename(folder)}/${file} (${project})`);
  const place = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-tests-"));
  const report = path.join(place, "tests.json");
  try {
    pnpm(["exec", "vitest", "run", file, "--project", project], {
      cwd: folder,
      env: { ...env, TOCSIN_TEST_REPORT: report },
    });
    const { files, outside } = JSON.parse(fs.readFileSync(report, "utf8"));
    const again = files.find((one) => one.file === file && one.project === project);
    return again && outside.length === 0 ? { passed: again.passed, failures: again.failures } : { passed, failures };
  } catch {
    return { passed, failures };
  } finally {
    fs.rmSync(place, { recursive: true, force: true });
  }
}
