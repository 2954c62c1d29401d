// Sigma specification 2.1: a collection is a YAML stream with a document for every rule.

import { queryInteger } from "@tocsin/core/errors";
import type { IocRecord } from "@tocsin/core/iocs";
import { z } from "zod";
import { type About, optionedFormat, type Pages } from "../format";
import { type GroupLimits, groupRules } from "./grouped";
import { ruleOf } from "./per-ioc";
import { type Sighted, sightedOf } from "./source";

const options = z.object({
  mode: z.enum(["per_ioc", "grouped"]).default("per_ioc").meta({
    description: "A rule for every indicator (per_ioc), or rules for many of one log source (grouped).",
    example: "per_ioc",
  }),
  values_per_rule: queryInteger(1, 1_000)
    .default(1_000)
    .meta({ description: "Grouped: most indicators of one rule, 1 to 1000.", example: 1_000 }),
  rules_per_source: queryInteger(1, 1_000).optional().meta({
    description: "Grouped: most rules of one log source, 1 to 1000. Absent: as many as it takes.",
    example: 10,
  }),
});

export const sigma = optionedFormat("sigma", options, ({ mode, values_per_rule, rules_per_source }) => ({
  contentType: "application/yaml; charset=utf-8",
  extension: "yml",
  write: (pages, about) =>
    write(
      pages,
      about,
      mode === "per_ioc" ? null : { valuesPerRule: values_per_rule, rulesPerSource: rules_per_source ?? null },
    ),
}));

async function* write(pages: Pages, about: About, limits: GroupLimits | null): AsyncGenerator<string> {
  const groups = limits === null ? null : groupRules(about, limits);
  const rule = (ioc: IocRecord, sighted: Sighted) =>
    groups === null ? ruleOf(ioc, sighted, about.instanceName) : groups.add(ioc, sighted);
  const leftOut = new Map<string, number>();
  for await (const page of pages) {
    const texts = page.map((ioc) => {
      const sighted = sightedOf(ioc);
      if (sighted !== null) return rule(ioc, sighted);
      leftOut.set(ioc.type, (leftOut.get(ioc.type) ?? 0) + 1);
      return "";
    });
    // Empty where a page only filled groups: its reader may have gone meanwhile.
    yield texts.join("");
  }
  yield groups?.finish() ?? "";
  yield remarkOn(leftOut);
}

function remarkOn(leftOut: ReadonlyMap<string, number>): string {
  if (leftOut.size === 0) return "";
  const counts = [...leftOut].map(([type, count]) => `${type} ${count}`).join(", ");
  return `# Left out, as no log source shows them: ${counts}\n`;
}
