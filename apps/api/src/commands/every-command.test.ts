import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "../run-program";
import { commands } from "./index";

/** Without a database: what is wrong with the words is said before anything is opened. */
async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    tty: false,
    columns: 80,
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
  };
  const code = await runProgram(argv, {
    terminal,
    readEnv: () => {
      throw new Error("the settings were asked for");
    },
  });
  return { code, out: out.join(""), err: err.join("") };
}

const names = [
  "serve",
  "worker",
  "scan",
  "migrate",
  "backup",
  "restore",
  "export",
  "import",
  "completion",
  "mcp",
  ...Object.keys(commands),
];

describe("the command line", () => {
  it("is named in full by the README", () => {
    const readme = readFileSync(path.resolve(import.meta.dirname, "../../../../README.md"), "utf8");
    const [, list = ""] = readme.match(/lists the commands: ([^.]*)\./) ?? [];
    expect(list.match(/[a-z-]+/g)?.sort()).toEqual(names.toSorted());
  });

  it.each(names)("explains %s by itself", async (name) => {
    for (const argv of [
      ["help", name],
      [name, "--help"],
      [name, "some", "words", "-h"],
    ]) {
      const { code, out, err } = await run(...argv);
      expect([argv, code, err]).toEqual([argv, 0, ""]);
      expect(out).toMatch(new RegExp(`^\\S.*\\n\\nusage:\\n  tocsin ${name}`));
      expect(out).toContain("Exit codes: 0");
    }
  });

  it("names the command that was meant, as text and as JSON", async () => {
    expect(await run("migrte")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("did you mean migrate?"),
    });
    const { code, out, err } = await run("migrte", "--json");
    expect([code, err, JSON.parse(out).error.code]).toEqual([2, "", "usage"]);
  });

  it("takes no command for one that JavaScript has", async () => {
    expect((await run("constructor")).code).toBe(2);
    expect((await run("help", "toString")).code).toBe(2);
  });
});

describe("the completion", () => {
  it("is read by bash, and has each command with its actions and options", async () => {
    const { code, out } = await run("completion", "bash");
    expect(code).toBe(0);
    const words = (line: string) =>
      execFileSync("bash", [
        "-c",
        `${out}\nCOMP_WORDS=(${line} ""); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _tocsin; printf '%s ' "\${COMPREPLY[@]}"`,
      ]).toString();
    for (const name of names) expect(words("tocsin").split(" ")).toContain(name);
    expect(words("tocsin keys").split(" ")).toEqual(
      expect.arrayContaining(["create", "list", "update", "rotate", "revoke", "--reason", "--json"]),
    );
    expect(words("tocsin demo").split(" ")).toEqual(expect.arrayContaining(["load", "remove"]));
  });

  it("is there for zsh, and for no other shell", async () => {
    expect((await run("completion", "zsh")).out).toMatch(/^#compdef tocsin\n/);
    expect(await run("completion", "fish")).toMatchObject({ code: 2, err: expect.stringContaining("bash or zsh") });
    expect((await run("completion", "bash", "more")).code).toBe(2);
  });
});
