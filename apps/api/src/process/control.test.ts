import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { controlPath, listenForCommands, sendCommand } from "./control";
import type { Terminal } from "./terminal";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin control "));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function recorder(): Terminal & { text: () => { out: string; err: string } } {
  let out = "";
  let err = "";
  return {
    tty: true,
    columns: 123,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    text: () => ({ out, err }),
  };
}

it("hands over the words and the terminal, and brings back output and exit code", async () => {
  const server = await listenForCommands(folder, async (argv, terminal) => {
    terminal.out(`${argv.join("+")}, ${terminal.columns} columns\n`);
    terminal.err("half\n");
    return 3;
  });
  const terminal = recorder();
  expect(await sendCommand(folder, ["keys", "list", "--json"], terminal)).toBe(3);
  expect(terminal.text()).toEqual({ out: "keys+list+--json, 123 columns\n", err: "half\n" });
  await server.close();
});

it("says that nobody answers where no server is, or a killed one left its socket", async () => {
  expect(await sendCommand(folder, ["doctor"], recorder())).toBeNull();
  fs.writeFileSync(controlPath(folder), "");
  expect(await sendCommand(folder, ["doctor"], recorder())).toBeNull();
  const server = await listenForCommands(folder, async () => 0);
  expect(await sendCommand(folder, ["doctor"], recorder())).toBe(0);
  await server.close();
});

it("is open to the folder's owner only, and stands nonsense", async () => {
  const server = await listenForCommands(folder, async () => 0);
  expect(fs.statSync(controlPath(folder)).mode & 0o077).toBe(0);
  for (const nonsense of ["\n", "{\n", '{"argv":1}\n', "null\n"]) {
    const socket = net.connect(controlPath(folder));
    socket.end(nonsense);
    await new Promise((resolve) => socket.resume().once("close", resolve));
  }
  expect(await sendCommand(folder, ["doctor"], recorder())).toBe(0);
  await server.close();
});

it("keeps the socket's path short enough for the system", () => {
  expect(Buffer.byteLength(controlPath(path.join(folder, "x".repeat(200))))).toBeLessThan(104);
});
