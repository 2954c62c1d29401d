import { createHash, timingSafeEqual } from "node:crypto";
import fs from "node:fs";
import { PassThrough, pipeline, type Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import type { SigningKeys } from "@tocsin/core/context";
import { DumpDamagedError, type DumpFacts, onlyRead, readDump } from "@tocsin/db";
import { BackupError } from "./backup-error";
import { decryptWith, deriveFileKey } from "./cipher";
import { type Header, longestHeader, parseHeader, parseTrailer, sealOf, trailerLength } from "./envelope";

/** Whether this instance has the secret that the backup was made under: without it no key, token or second factor works. */
export type SecretMatch = "current" | "previous" | "other";

export type Verified = {
  header: Header;
  facts: DumpFacts;
  secret: SecretMatch;
  bytes: number;
  sha256: string;
  /** Its dump, from the first line to the last, as often as asked for. */
  lines: () => AsyncIterable<readonly string[]>;
};

type Options = { keys: SigningKeys; passphrase: () => Promise<string> };
type Layout = { header: Header; line: Buffer; size: number; trailer: { sha256: string; seal: string } };

/** Reads a backup to its end. Throws a `BackupError` for what is none, is cut, is changed, or does not open. */
export async function verifyBackup(file: string, { keys, passphrase }: Options): Promise<Verified> {
  const layout = readLayout(file);
  const { header, line, size, trailer } = layout;
  const digest = await digestOf(file, size - trailerLength);
  if (digest.toString("hex") !== trailer.sha256) throw damaged("what is in it is not what was written");
  const secret = requireSeal(layout, digest, keys);
  const key = header.encryption ? await deriveFileKey(await passphrase(), header.encryption) : null;
  const lines = () => linesOf(file, { start: line.length, end: size - trailerLength - 1, key, line });
  const facts = await readDump(lines(), onlyRead).catch((error: unknown) => {
    throw error instanceof DumpDamagedError ? damaged(error.message, { cause: error }) : error;
  });
  return { header, facts, secret, bytes: size, sha256: trailer.sha256, lines };
}

function damaged(why: string, options?: ErrorOptions): BackupError {
  return new BackupError("backup_damaged", `The backup is damaged: ${why}.`, options);
}

function readLayout(file: string): Layout {
  const fd = openFile(file);
  try {
    const { size } = fs.fstatSync(fd);
    const first = readAt(fd, 0, longestHeader);
    const end = first.indexOf(10) + 1;
    const line = first.subarray(0, end);
    const header = parseHeader(line.toString());
    if (!header) throw new BackupError("no_backup", `${file} is no backup of Tocsin's, or of a newer version's.`);
    const trailer = parseTrailer(readAt(fd, Math.max(0, size - trailerLength), trailerLength).toString("latin1"));
    if (!trailer || size < end + trailerLength) throw damaged("it ends before its end, so the file was cut");
    return { header, line, size, trailer };
  } finally {
    fs.closeSync(fd);
  }
}

function openFile(file: string): number {
  try {
    return fs.openSync(file, "r");
  } catch (error) {
    throw new BackupError("no_backup", `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, {
      cause: error,
    });
  }
}

function readAt(fd: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, fs.readSync(fd, buffer, 0, length, position));
}

async function digestOf(file: string, length: number): Promise<Buffer> {
  const hash = createHash("sha256");
  for await (const chunk of fs.createReadStream(file, { end: length - 1 })) hash.update(chunk);
  return hash.digest();
}

/** Who does not know the secret can make a file with a right digest, but not with a right seal. */
function requireSeal({ header, trailer }: Layout, digest: Buffer, keys: SigningKeys): SecretMatch {
  const seal = sealOf(digest, keys, header.secret);
  if (seal === null) return "other";
  if (!timingSafeEqual(Buffer.from(seal), Buffer.from(trailer.seal))) throw damaged("its seal is not this instance's");
  return header.secret === keys.current ? "current" : "previous";
}

type Body = { start: number; end: number; key: Buffer | null; line: Buffer };

/** Lines in batches, as they come out of the file. */
async function* linesOf(file: string, { start, end, key, line }: Body): AsyncGenerator<string[]> {
  const plain = pipeline(
    fs.createReadStream(file, { start, end }),
    key ? decryptWith(key, line) : new PassThrough(),
    createGunzip(),
    // The reader below hears of errors.
    () => {},
  );
  try {
    yield* splitLines(plain);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw /^Z_|^ERR_/.test(code) ? damaged("it does not unpack", { cause: error }) : error;
  }
}

async function* splitLines(stream: Readable): AsyncGenerator<string[]> {
  const decoder = new StringDecoder("utf8");
  // A line may be longer than many pieces: they are put together once, when it ends.
  let pieces: string[] = [];
  for await (const chunk of stream) {
    const parts = decoder.write(chunk as Buffer).split("\n");
    const last = parts.pop() ?? "";
    if (parts.length > 0) {
      parts[0] = `${pieces.join("")}${parts[0]}`;
      pieces = [];
      yield parts;
    }
    pieces.push(last);
  }
  if (pieces.join("") !== "") throw new DumpDamagedError("its last line does not end");
}
