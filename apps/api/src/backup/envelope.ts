import { createHmac } from "node:crypto";
import type { SigningKeys } from "@tocsin/core/context";
import { z } from "zod";

/**
 * A backup is one file: a line of JSON that says what it is, the dump (gzip, encrypted where that was asked for), and a
 * line of JSON of a fixed length with the SHA-256 of everything before it, signed with a key from TOCSIN_SECRET.
 */
export const format = "tocsin-backup/1";

/** The first line is no longer than this (bytes). */
export const longestHeader = 16_384;

export const encryptionShape = z.strictObject({
  cipher: z.literal("aes-256-gcm"),
  kdf: z.literal("scrypt"),
  /** Bounded, so that no file can ask for all memory and time that there is. */
  n: z.int().min(2).max(1_048_576),
  r: z.literal(8),
  p: z.literal(1),
  salt: z.base64url().length(22),
});
export type Encryption = z.infer<typeof encryptionShape>;

const headerShape = z.object({
  format: z.literal(format),
  version: z.string(),
  created_at: z.iso.datetime(),
  engine: z.enum(["postgresql", "pglite"]),
  /** The newest migration. */
  schema: z.string(),
  /** Tells the secret apart from others, without telling anything of it. */
  secret: z.string(),
  compression: z.literal("gzip"),
  encryption: encryptionShape.nullable(),
});
export type Header = z.infer<typeof headerShape>;

/** Null for what is no backup of this format. */
export function parseHeader(line: string): Header | null {
  try {
    return headerShape.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** The last line: what everything before it hashes to, signed. */
export function writeTrailer(digest: Buffer, keys: SigningKeys): string {
  const seal = sealOf(digest, keys, keys.current) ?? "";
  return `\n{"sha256":"${digest.toString("hex")}","seal":"${seal}"}\n`;
}

export const trailerLength = 1 + '{"sha256":"","seal":""}'.length + 128 + 1;

export function parseTrailer(text: string): { sha256: string; seal: string } | null {
  const [, sha256, seal] = /^\n\{"sha256":"([0-9a-f]{64})","seal":"([0-9a-f]{64})"\}\n$/.exec(text) ?? [];
  return sha256 !== undefined && seal !== undefined ? { sha256, seal } : null;
}

/** Null where the key is not at hand. */
export function sealOf(digest: Buffer, keys: SigningKeys, keyId: string): string | null {
  const key = keys.byId.get(keyId);
  return key ? createHmac("sha256", key).update(digest).digest("hex") : null;
}
