import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { scan } from "./scan";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin scan "));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function run(files: string[], json = false) {
  const [outs, errs]: [string[], string[]] = [[], []];
  const terminal = {
    tty: false,
    columns: 80,
    out: (part: string) => void outs.push(part),
    err: (part: string) => void errs.push(part),
  };
  const exit = scan(files, "sk_live_", terminal, json);
  return { exit, out: outs.join(""), err: errs.join("") };
}

/** A secret made by the published rule alone: prefix, 43 characters, CRC-32 in base 62. */
function secretOf(prefix: string): string {
  const head = `${prefix}${"0123456789abcdefghijABCDEFGHIJ0123456789xyz"}`;
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let check = "";
  for (let rest = crc32(head); check.length < 6; rest = Math.floor(rest / 62))
    check = alphabet.charAt(rest % 62) + check;
  return `${head}${check}`;
}

it("prints the regular expression", () => {
  const pattern = "\\b(?:sk_live_|sk_manage_)[0-9A-Za-z]{49}\\b";
  expect(run([])).toEqual({ exit: 0, out: `${pattern}\n`, err: "" });
  expect(JSON.parse(run([], true).out)).toEqual({ pattern });
});

it("names the lines that hold a secret, and shows none", () => {
  const [key, token] = [secretOf("sk_live_"), secretOf("sk_manage_")];
  const [leaky, clean] = [path.join(folder, "leaky.env"), path.join(folder, "clean.env")];
  fs.writeFileSync(leaky, `A=1\nKEY=${key}\nTYPO=${key.slice(0, -1)}_\nTOKEN="${token}"\n`);
  fs.writeFileSync(clean, `KEY=${key.slice(0, -1)}${key.endsWith("0") ? "1" : "0"}\n`);
  const found = run([clean, leaky]);
  expect(found).toEqual({
    exit: 1,
    out: `${leaky}:2: ${key.slice(0, 12)}…\n${leaky}:4: ${token.slice(0, 14)}…\n`,
    err: "",
  });
  expect(run([clean])).toEqual({ exit: 0, out: "", err: "" });
  expect(JSON.parse(run([leaky], true).out).data).toHaveLength(2);
  expect(run([path.join(folder, "none")])).toMatchObject({ exit: 2, err: expect.stringContaining("cannot be read") });
});
