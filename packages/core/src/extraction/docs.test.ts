import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { articleCategories } from "./article-category";
import { severityFactors } from "./severity";

const document = readFileSync(new URL("../../../../docs/articles.md", import.meta.url), "utf8");
const rows = [...document.matchAll(/^\| (.+?) \| (.+?) \|$/gm)].map(([, left, right]) => [left, right]);

it("docs/articles.md has every factor of the severity with its points, in their order", () => {
  const points = rows.filter(([, right]) => /^[+−][0-9.]+$/.test(right ?? ""));
  expect(points).toEqual(
    severityFactors.map((factor) => [factor.name, `${factor.points < 0 ? "−" : "+"}${Math.abs(factor.points)}`]),
  );
});

it("docs/articles.md has every category with its label, in their order", () => {
  const categories = rows.filter(([left]) => /^`[a-z-]+`$/.test(left ?? ""));
  expect(categories).toEqual(
    [...articleCategories, { slug: "general", label: "General" }].map(({ slug, label }) => [`\`${slug}\``, label]),
  );
});
