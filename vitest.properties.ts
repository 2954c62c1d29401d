import fc from "fast-check";
import { expect } from "vitest";

// A property that returns whether it holds is an assertion too, although it calls no `expect`.
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  reporter: (run) => {
    expect(run.numRuns + run.numSkips).toBeGreaterThan(0);
    if (run.failed) throw new Error(fc.defaultReportMessage(run), { cause: run.errorInstance });
  },
});
