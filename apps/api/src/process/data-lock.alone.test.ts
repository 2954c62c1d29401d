import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DataLockedError, lockDataDir } from "./data-lock";

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin lock "));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  fs.rmSync(folder, { recursive: true });
});

const script = `
  import { lockDataDir } from ${JSON.stringify(path.join(import.meta.dirname, "data-lock.ts"))};
  try {
    lockDataDir(process.argv[1]);
    console.log("held");
    setInterval(() => {}, 1000);
  } catch (error) {
    console.log(error.name);
  }
`;

/** A process that takes the lock and keeps it; gives what it printed first. */
async function holder(): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script, folder], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const said = await new Promise<string>((resolve) => child.stdout?.once("data", (chunk) => resolve(String(chunk))));
  return { child, said: said.trim() };
}

it("is held by one process, and free again after it gave it back", () => {
  const unlock = lockDataDir(folder);
  expect(() => lockDataDir(folder)).toThrow(DataLockedError);
  unlock();
  lockDataDir(folder)();
  expect(fs.readdirSync(folder)).toEqual([]);
});

it("names the process that holds it, and is taken over when that was killed", async () => {
  const { child, said } = await holder();
  expect(said).toBe("held");
  expect(() => lockDataDir(folder)).toThrow(new RegExp(`process ${child.pid}\\b`));
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
  lockDataDir(folder)();
});

it("is not fooled by a process id that was given to another process since", () => {
  fs.writeFileSync(path.join(folder, "lock"), JSON.stringify({ pid: process.pid, born: "another boot/1" }));
  expectToBeTakenOver();
});

it("takes over a lock that was cut short", () => {
  fs.writeFileSync(path.join(folder, "lock"), '{"pid":');
  expectToBeTakenOver();
});

it("of processes that start at once on a dead one's lock lets in exactly one", async () => {
  fs.writeFileSync(path.join(folder, "lock"), JSON.stringify({ pid: 4_000_000, born: "gone" }));
  const said = await Promise.all(Array.from({ length: 5 }, async () => (await holder()).said));
  expect(said.sort()).toEqual(["DataLockedError", "DataLockedError", "DataLockedError", "DataLockedError", "held"]);
});

/** The lock that lies there is replaced by ours, which leaves nothing behind. */
function expectToBeTakenOver(): void {
  const unlock = lockDataDir(folder);
  expect(() => lockDataDir(folder)).toThrow(new RegExp(`process ${process.pid}\\b`));
  unlock();
  expect(fs.readdirSync(folder)).toEqual([]);
}
