import { enterpriseTechniques } from "./enterprise-techniques";
import { formerTechniques } from "./former-techniques";
import { icsTechniques } from "./ics-techniques";
import { shippedTactics, tacticOfCode } from "./shipped-tactics";
import type { AttackEdition, AttackTables } from "./tables";

/** ATT&CK's version that the shipped tables follow. */
export const attackVersion = "18";

const former = formerTechniques
  .trim()
  .split(/[|\n]/)
  .map((pair) => pair.split(" ") as [string, string]);

/** What Tocsin ships, in the form of what is stored. */
export const shippedEditions: readonly AttackEdition[] = [
  {
    matrix: "enterprise",
    appliesFrom: Number.NEGATIVE_INFINITY,
    tables: { tactics: shippedTactics("enterprise"), techniques: readTable(enterpriseTechniques), former },
  },
  {
    matrix: "ics",
    appliesFrom: Number.NEGATIVE_INFINITY,
    tables: { tactics: shippedTactics("ics"), techniques: readTable(icsTechniques), former: [] },
  },
];

function readTable(table: string): AttackTables["techniques"] {
  return table
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [, id = "", codes = "", text = ""] = /^(\S+) (\S+) (.+)$/.exec(line) ?? [];
      const tactics = codes.split(",").map(tacticOfCode);
      const [name = "", subs] = text.split(/: (.*)/);
      const named = (subs?.split("|") ?? []).map((sub, index) => ({
        id: `${id}.${String(index + 1).padStart(3, "0")}`,
        name: sub,
        tactics,
      }));
      return [{ id, name, tactics }, ...named.filter((sub) => sub.name !== "-")];
    });
}
