import { createHash } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { z } from "zod";
import type { Terminal } from "./terminal";

/**
 * The embedded database belongs to one process. While that is a server, the command line hands its words to it over a
 * socket that only the data folder's owner can reach, and prints what comes back.
 */
export type Handler = (argv: string[], terminal: Terminal) => Promise<number>;

type Frame = { out?: string; err?: string; exit?: number };

export function controlPath(dataDir: string): string {
  const inside = path.join(dataDir, "control.sock");
  // sun_path holds 104 bytes on macOS, 108 on Linux.
  if (Buffer.byteLength(inside) < 100) return inside;
  return path.join(os.tmpdir(), `tocsin-${createHash("sha256").update(dataDir).digest("hex").slice(0, 24)}.sock`);
}

/** Answers commands until `close`. The caller holds the data folder's lock, so a socket that lies there is a dead one's. */
export async function listenForCommands(dataDir: string, handle: Handler): Promise<{ close: () => Promise<void> }> {
  const file = controlPath(dataDir);
  fs.rmSync(file, { force: true });
  const server = net.createServer((socket) => void serve(socket, handle));
  const umask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(file, resolve));
  } finally {
    process.umask(umask);
  }
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        fs.rmSync(file, { force: true });
      }),
  };
}

async function serve(socket: net.Socket, handle: Handler): Promise<void> {
  const send = (frame: Frame) => {
    if (socket.writable) socket.write(`${JSON.stringify(frame)}\n`);
  };
  const request = parseRequest(await firstLine(socket));
  if (!request) {
    socket.destroy();
    return;
  }
  const { argv, tty, columns } = request;
  const exit = await handle(argv, { tty, columns, out: (out) => send({ out }), err: (err) => send({ err }) });
  send({ exit });
  socket.end();
}

const requestShape = z.object({ argv: z.array(z.string()), tty: z.boolean(), columns: z.int() });

function parseRequest(line: string): z.infer<typeof requestShape> | null {
  try {
    return requestShape.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function firstLine(socket: net.Socket): Promise<string> {
  return new Promise((resolve) => {
    const lines = linesOf(socket);
    lines.once("line", resolve);
    lines.once("close", () => resolve(""));
  });
}

// readline passes the socket's errors on, and a listener of the socket alone would not take them.
function linesOf(socket: net.Socket): readline.Interface {
  socket.on("error", () => {});
  return readline.createInterface({ input: socket }).on("error", () => {});
}

/** Hands a command to the server that holds the folder. Null when none answers there. */
export function sendCommand(dataDir: string, argv: string[], terminal: Terminal): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = net.connect(controlPath(dataDir));
    let exit: number | null = null;
    let connected = false;
    socket.once("connect", () => {
      connected = true;
      socket.write(`${JSON.stringify({ argv, tty: terminal.tty, columns: terminal.columns })}\n`);
    });
    linesOf(socket).on("line", (line) => {
      const frame = JSON.parse(line) as Frame;
      if (frame.out !== undefined) terminal.out(frame.out);
      if (frame.err !== undefined) terminal.err(frame.err);
      if (frame.exit !== undefined) exit = frame.exit;
    });
    socket.on("close", () => resolve(exit ?? (connected ? 1 : null)));
  });
}
