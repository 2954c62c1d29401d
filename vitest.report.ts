import fs from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";

type Problem = { message?: string; diff?: string; stacks?: { file: string; line: number }[] };
type Failure = { where: string; message: string };

/**
 * Writes what `npm test` sums up to `<package>/.turbo/tests.json`: how many tests passed, and everything that failed, be it a
 * test, a hook, a file that cannot be loaded, or an error that no test caught.
 */
export function sumUp(root: string): Reporter {
  return {
    onTestRunEnd(modules, unhandled) {
      const failures = [
        ...modules.flatMap((module) => failuresIn(module, root)),
        ...unhandled.map((error) => ({
          where: `${path.basename(root)}: outside of any test`,
          message: words([error]),
        })),
      ];
      const passed = modules.reduce((sum, module) => sum + Array.from(module.children.allTests("passed")).length, 0);
      fs.mkdirSync(path.join(root, ".turbo"), { recursive: true });
      fs.writeFileSync(path.join(root, ".turbo", "tests.json"), JSON.stringify({ passed, failures }));
    },
  };
}

function failuresIn(module: TestModule, root: string): Failure[] {
  const file = `${path.basename(root)}/${path.relative(root, module.moduleId)} (${module.project.name})`;
  const failure = (part: TestSuite | TestCase, errors: readonly Problem[]): Failure[] =>
    errors.length === 0 ? [] : [{ where: `${file} > ${part.fullName}`, message: words(errors) }];
  const loading = module.errors();
  return [
    ...(loading.length === 0 ? [] : [{ where: file, message: words(loading) }]),
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
