import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { detect, resolveAs } from "./detect";
import { type IocType, iocTypes } from "./ioc-types";

// Real values of real feeds lie beside the checkout, never in it.
const folder = path.resolve(import.meta.dirname, "../../../../../shared/feeds/expected");
const present = fs.existsSync(folder);
if (!present) console.log(`skipped: values of real feeds (${folder} is absent)`);

function realValues(): { type: IocType; value: string }[] {
  return fs.readdirSync(folder).flatMap((name) => {
    const { values = {} }: { values?: Record<string, string[]> } = JSON.parse(
      fs.readFileSync(path.join(folder, name), "utf8"),
    );
    return iocTypes.flatMap((type) => (values[type] ?? []).map((value) => ({ type, value })));
  });
}

describe.skipIf(!present)("values of real feeds", () => {
  const values = present ? realValues() : [];

  it("are taken, but for private hosts and a domain that is too long", () => {
    expect(values.length).toBeGreaterThan(10_000);
    const problems = values.flatMap(({ type, value }) => {
      const found = resolveAs(type, value);
      return found.ok || found.reserved ? [] : [found.problem];
    });
    expect(problems.filter((problem) => !/private or reserved|at most 253/.test(problem))).toEqual([]);
    expect(problems.length).toBeLessThan(20);
  });

  it("are detected as what their feed says, defanged or not", () => {
    const wrong = values.filter(({ type, value }) => {
      const stated = resolveAs(type, value);
      const defanged = value.replace(/^http/, "hxxp").replace(/^([^/]*\/\/)?([^/?#]*)/, (_, head = "", host) => {
        return `${head}${host.replaceAll(".", "[.]")}`;
      });
      const same = [detect(value), detect(defanged)].every((found) => {
        return found.ok && stated.ok && found.type === stated.type && found.value === stated.value;
      });
      return stated.ok && !same;
    });
    expect(wrong).toEqual([]);
  });
});
