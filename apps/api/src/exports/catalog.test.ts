import fs from "node:fs";
import path from "node:path";
import { formatRules } from "@tocsin/core/access";
import { listIocsInput } from "@tocsin/core/iocs";
import { expect, it } from "vitest";
import { exportGroups } from "./catalog";
import { allExports } from "./exports";

const docs = fs.readFileSync(path.join(import.meta.dirname, "../../../../docs/formats.md"), "utf8");
const rows = docs
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim()));

it.each(allExports)("$id has a row in docs/formats.md with its address, tier and scope", (one) => {
  const address = one.ofList ? `${one.path}?format=${one.id}` : one.path;
  const [, , shown = "", tier, scope] = rows.find(([, format]) => format === `\`${one.id}\``) ?? [];
  expect(shown.split(";", 1)[0]).toBe(`\`GET ${address}\``);
  expect({ tier, scope }).toEqual({ tier: formatRules[one.id].tier, scope: `\`${one.scope}\`` });
});

it("answers by the list what the list can answer, and nothing else", () => {
  const { format } = listIocsInput.unwrap().shape;
  const named = allExports.filter(({ ofList }) => ofList).map(({ id }) => id);
  expect(["json", ...named]).toEqual(format.unwrap().options);
});

it("has no group without a format", () => {
  expect(exportGroups.filter((group) => !allExports.some((one) => one.group === group))).toEqual([]);
});

it("describes each option of each format", () => {
  const options = allExports.flatMap((one) =>
    Object.entries(one.options.shape).map(([name, field]) => ({ one, name, field })),
  );
  expect(options.length).toBeGreaterThan(10);
  expect(options.filter(({ field }) => !(field.meta() as { description?: string } | undefined)?.description)).toEqual(
    [],
  );
});
