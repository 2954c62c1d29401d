import fs from "node:fs";
import path from "node:path";
import { iocTypes } from "@tocsin/core/values";
import { describe, expect, it } from "vitest";
import { vocabulary } from "./vocabulary";

const text = fs.readFileSync(path.resolve(import.meta.dirname, "../../../docs/formats.md"), "utf8");
const rows = text.split("\n").filter((line) => line.startsWith("|"));

describe.each(iocTypes)("docs/formats.md says of %s", (type) => {
  it("that exports have it", () => {
    expect(rows.find((row) => row.startsWith("| `type`"))).toContain(`\`${type}\``);
  });

  it("which attribute it is in MISP", () => {
    const { misp } = vocabulary[type];
    const told = rows.find((row) => row.split("|")[1]?.includes(`\`${type}\``) && row.split("|").length === 6);
    const words = misp === null ? ["left out"] : [misp.category, misp.toIds ? "yes" : "no"];
    for (const word of words) expect(told).toContain(`| ${word}`);
  });
});
