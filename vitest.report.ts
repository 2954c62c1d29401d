import fs from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";

type Problem = {
  message?: string;
  diff?: string;
  stacks?: { file: string; line: number }[];
  /** The file that ran when an error was thrown outside of a test. */
  VITEST_TEST_PATH?: string;
};
type Failure = { where: string; message: string };
/** One file in one project: how many of its tests passed, how long it took, and what failed in it. */
type FileReport = { file: string; project: string; passed: number; ms: number; failures: Failure[] };

/**
 * Writes what `npm test` sums up to TOCSIN_TEST_REPORT, or to `<package>/.turbo/tests.json`: for each file how many tests
 * passed and everything that failed, be it a test, a hook, a file that cannot be loaded or was never run, or an error that
 * no test caught.
 */
export function sumUp(root: string): Reporter {
  return {
    onTestRunEnd(modules, unhandled) {
      const files = modules.map((module) => reportOf(module, root));
      const outside: Failure[] = [];
      for (const error of unhandled) {
        const failure = { where: `${path.basename(root)}: outside of any test`, message: words([error]) };
        const at = (error as Problem).VITEST_TEST_PATH;
        const culprit = at && files.find(({ file }) => file === path.relative(root, at));
        (culprit ? culprit.failures : outside).push(failure);
      }
      const target = process.env.TOCSIN_TEST_REPORT ?? path.join(root, ".turbo", "tests.json");
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, JSON.stringify({ files, outside }));
    },
  };
}

function reportOf(module: TestModule, root: string): FileReport {
  const file = path.relative(root, module.moduleId);
  const project = module.project.name;
  return {
    file,
    project,
    passed: Array.from(module.children.allTests("passed")).length,
    ms: Math.round(module.diagnostic().duration),
    failures: failuresIn(module, `${path.basename(root)}/${file} (${project})`),
  };
}

function failuresIn(module: TestModule, file: string): Failure[] {
  const failure = (part: TestSuite | TestCase, errors: readonly Problem[]): Failure[] =>
    errors.length === 0 ? [] : [{ where: `${file} > ${part.fullName}`, message: words(errors) }];
  const loading = module.errors();
  const state = module.state();
  return [
    ...(loading.length === 0 ? [] : [{ where: file, message: words(loading) }]),
    ...(state === "pending" || state === "queued" ? [{ where: file, message: "  It was never run to its end." }] : []),
    ...Array.from(module.children.allSuites()).flatMap((suite) => failure(suite, suite.errors())),
    ...Array.from(module.children.allTests("failed")).flatMap((test) => failure(test, test.result().errors ?? [])),
  ];
}

/** The first lines of each error, its difference, and where in our code it was thrown. */
function words(errors: readonly Problem[]): string {
  const lines = errors.flatMap(({ message = "", diff = "", stacks = [] }) => {
    const ours = stacks.find(({ file }) => !file.includes("node_modules"));
    return [
      ...message.split("\n").slice(0, 8),
      ...diff.split("\n").slice(0, 16),
      ...(ours ? [`at ${ours.file}:${ours.line}`] : []),
    ];
  });
  return lines
    .map((line) => `  ${stripVTControlCharacters(line).slice(0, 300)}`)
    .filter((line) => line.trim() !== "")
    .join("\n");
}
