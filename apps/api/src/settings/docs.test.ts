import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { settingCatalog } from "./catalog";
import { type SettingEntry, settingGroups } from "./entry";

/** `.env.example` and the tables of docs/operations.md are written from the catalog: `npx vitest run src/settings -u`. */
const root = path.resolve(import.meta.dirname, "../../../..");
const entries: [string, SettingEntry][] = Object.entries(settingCatalog);

const head = `# Every setting of Tocsin with its default. Copy this file to .env and change what you need. A variable of the environment
# takes precedence over the file. A wrong value stops the start with one line that names the setting.
`;

describe("documentation of the settings", () => {
  it("is complete in .env.example", async () => {
    const groups = settingGroups.map((group) => {
      const settings = entries.filter(([, entry]) => entry.group === group);
      return `${`# --- ${group} `.padEnd(122, "-")}\n\n${settings.map(exampleOf).join("\n")}`;
    });
    await expect([head, ...groups].join("\n")).toMatchFileSnapshot(path.join(root, ".env.example"));
  });

  it("is complete in docs/operations.md", async () => {
    const file = path.join(root, "docs/operations.md");
    const parts = fs.readFileSync(file, "utf8").split(/(?<=<!-- from the settings -->\n)[\s\S]*?(?=<!-- end -->)/);
    expect(parts).toHaveLength(2);
    await expect(parts.join(`\n${settingGroups.map(tableOf).join("\n")}\n`)).toMatchFileSnapshot(file);
  });

  it("says in running text the default that there is", () => {
    const stated = fs
      .readdirSync(path.join(root, "docs"))
      .filter((name) => name.endsWith(".md"))
      .flatMap((name) => [...fs.readFileSync(path.join(root, "docs", name), "utf8").matchAll(/`([A-Z_]+)` \((\d+)\)/g)])
      .map(([, name, value]) => [name, value]);
    const defaults = new Map(entries.map(([name, entry]) => [name, "default" in entry ? entry.default : undefined]));
    expect(stated.length).toBeGreaterThan(0);
    expect(stated).toEqual(stated.map(([name = ""]) => [name, defaults.get(name)]));
  });
});

function exampleOf([name, entry]: [string, SettingEntry]): string {
  const words = "default" in entry ? entry.about : `${entry.about} Default: ${entry.unset}.`;
  const value = entry.example ?? ("default" in entry ? entry.default : "");
  return `${wrapped(words)}\n#${name}=${value}\n`;
}

/** A comment whose lines have up to 122 characters; code stays in one. */
function wrapped(words: string): string {
  const lines = ["#"];
  for (const word of words.match(/(?:[^\s`]|`[^`]*`)+/g) ?? []) {
    const last = lines.at(-1) ?? "";
    if (last.length + 1 + word.length <= 122) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines.join("\n");
}

function tableOf(group: (typeof settingGroups)[number]): string {
  const rows = entries
    .filter(([, entry]) => entry.group === group)
    .map(([name, entry]) => [
      `\`${name}\``,
      "default" in entry ? `\`${entry.default}\`` : inMarkdown(entry.unset),
      inMarkdown(entry.about),
    ]);
  const lines = [["setting", "default", "what it does"], ["---", "---", "---"], ...rows];
  return `### ${group}\n\n${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

/** For a cell of a table in `docs/`: files of it as links, bars escaped. */
function inMarkdown(words: string): string {
  return words.replaceAll("|", "\\|").replace(/docs\/([a-z-]+\.md)(#[a-z-]+)?/g, "[$1]($1$2)");
}
