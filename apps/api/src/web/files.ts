import fs from "node:fs";
import path from "node:path";

import type { Encoding } from "../wire/encoding";

/** `packed`: what the build has compressed, by encoding. */
export type WebFile = {
  url: string;
  body: Buffer;
  packed: Partial<Record<Encoding, Buffer>>;
  type: string;
  immutable: boolean;
};

/** What the build writes beside a file, by the ending of its name. */
const endings: Readonly<Record<Encoding, string>> = { br: ".br", gzip: ".gz" };

const types: Record<string, string | undefined> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
};

/** The built dashboard, read once: a few files, small enough to keep, and no path that could lead elsewhere. */
export function readWebFiles(folder: string): Map<string, WebFile> {
  const files = new Map<string, WebFile>();
  if (!fs.existsSync(path.join(folder, "index.html"))) return files;
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || isPacked(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const url = `/${path.relative(folder, file).split(path.sep).join("/")}`;
    const type = types[path.extname(entry.name)] ?? "application/octet-stream";
    const immutable = url.startsWith("/assets/");
    files.set(url, { url, body: fs.readFileSync(file), packed: readPacked(file), type, immutable });
  }
  return files;
}

function isPacked(name: string): boolean {
  return Object.values(endings).some((ending) => name.endsWith(ending));
}

function readPacked(file: string): WebFile["packed"] {
  const [br, gzip] = [`${file}${endings.br}`, `${file}${endings.gzip}`].map((packed) =>
    fs.existsSync(packed) ? fs.readFileSync(packed) : undefined,
  );
  return { ...(br ? { br } : {}), ...(gzip ? { gzip } : {}) };
}

/** Where the dashboard's build lies: beside the bundled program, or in the workspace. */
export function findWebFolder(from: string): string | null {
  const candidates = ["web", "../web", "../../web/dist", "../../../web/dist"].map((way) => path.resolve(from, way));
  return candidates.find((folder) => fs.existsSync(path.join(folder, "index.html"))) ?? null;
}
