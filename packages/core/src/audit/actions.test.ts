import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { auditActions, auditCatalog } from "./actions";

it("docs/audit-events.md lists every event as the catalog has it", () => {
  const text = fs.readFileSync(path.resolve(import.meta.dirname, "../../../../docs/audit-events.md"), "utf8");
  const rows = text
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const expected = auditActions.map((action) => {
    const { target, nobody, words } = auditCatalog[action];
    return [`\`${action}\``, target ?? "–", nobody ? "yes" : "no", words];
  });
  expect(rows).toEqual(expected);
});
