import fs from "node:fs";
import { BodyError, type Layout } from "../definition/layout";

const headBytes = 64 * 1024;

/** The layout that reads this body; throws BodyError when it is empty, a web page, an error, or fits no layout. */
export async function preflight<Known extends Pick<Layout, "name" | "fits">>(
  body: { path: string; bytes: number; contentType?: string | undefined },
  layouts: readonly Known[],
): Promise<Known> {
  const raw = await readHead(body.path);
  const packed = packing(raw);
  if (packed) throw new BodyError(`the body is ${packed}`);
  const head = decodeHead(raw, body.bytes <= headBytes);
  if (head.trim() === "") throw new BodyError("the body is empty");
  if (isPage(head)) throw new BodyError("the body is a web page");
  const error = body.bytes <= headBytes ? errorOf(head) : null;
  if (error !== null) throw new BodyError(`the body is an error of the vendor: ${error}`);
  const layout = layouts.find((candidate) => candidate.fits(head));
  if (layout) return layout;
  const type = body.contentType === undefined ? "" : ` (it says that it is ${body.contentType.slice(0, 60)})`;
  throw new BodyError(`the body fits none of the feed's layouts: ${layouts.map(({ name }) => name).join(", ")}${type}`);
}

async function readHead(path: string): Promise<Buffer> {
  const file = await fs.promises.open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Text as the layouts see it; a character that the end of a head cuts is left out. */
function decodeHead(raw: Buffer, whole: boolean): string {
  const encoding =
    raw[0] === 0xff && raw[1] === 0xfe ? "utf-16le" : raw[0] === 0xfe && raw[1] === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(raw, { stream: !whole });
}

function packing(raw: Buffer): string | null {
  const begins = (...bytes: number[]) => bytes.every((byte, i) => raw[i] === byte);
  if (begins(0x50, 0x4b, 3, 4) || begins(0x50, 0x4b, 5, 6)) return "a ZIP archive";
  if (begins(0x37, 0x7a, 0xbc, 0xaf)) return "a 7z archive";
  if (begins(0x42, 0x5a, 0x68)) return "packed with bzip2";
  if (begins(0xfd, 0x37, 0x7a, 0x58)) return "packed with xz";
  if (begins(0x28, 0xb5, 0x2f, 0xfd)) return "packed with Zstandard";
  if (begins(0x1f, 0x8b)) return "packed twice with gzip";
  if (begins(0x25, 0x50, 0x44, 0x46)) return "a PDF";
  return null;
}

const pageStart = /^<(?:!doctype\s+html|html|head|body|title|meta|script)\b/i;

function isPage(head: string): boolean {
  let text = head.trimStart();
  for (const [open, close] of [
    ["<?xml", "?>"],
    ["<!--", "-->"],
  ] as const) {
    while (text.startsWith(open) && text.includes(close))
      text = text.slice(text.indexOf(close) + close.length).trimStart();
  }
  return pageStart.test(text);
}

const fine = ["ok", "success", "no_result", "no_results"];
const messageKeys = ["message", "detail", "error_description", "reason", "title"];
/** What an error envelope holds and a feed does not consist of. */
const envelopeKeys = new Set([
  ...messageKeys,
  "code",
  "documentation_url",
  "instance",
  "request_id",
  "status",
  "statusCode",
  "success",
  "timestamp",
  "type",
]);

/** What an error in JSON says, or null for a body that is none. */
function errorOf(text: string): string | null {
  if (!text.trimStart().startsWith("{")) return null;
  const value = parse(text);
  if (value === null) return null;
  const shown = (what: unknown) => (typeof what === "string" ? what : (JSON.stringify(what) ?? "")).slice(0, 200);
  if (present(value.error)) return shown(value.error);
  if (present(value.errors)) return shown(value.errors);
  if (typeof value.query_status === "string" && !fine.includes(value.query_status)) return value.query_status;
  if (typeof value.status === "string" && ["error", "fail", "failed"].includes(value.status.toLowerCase())) {
    return shown(value.message ?? value.status);
  }
  const keys = Object.keys(value);
  const message = messageKeys.map((key) => value[key]).find((said) => typeof said === "string");
  return message !== undefined && keys.every((key) => envelopeKeys.has(key)) ? shown(message) : null;
}

function present(what: unknown): boolean {
  if (what === undefined || what === null || what === false || what === "" || what === 0) return false;
  return !Array.isArray(what) || what.length > 0;
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
