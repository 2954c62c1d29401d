import { createHmac, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Peppers } from "../context";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 62^43 > 2^256 */
export const bodyLength = 43;
/** 62^6 > 2^32 */
export const checkLength = 6;
export const longestSecret = 96;
const wellFormed = new RegExp(
  `^(?=.{1,${longestSecret}}$)((?:[a-z0-9]+_)+[0-9A-Za-z]{${bodyLength}})([0-9A-Za-z]{${checkLength}})$`,
);

/** A new secret: the brand part, 256 random bits and the check characters. */
export function mintSecret(keyPrefix: string): string {
  const head = `${keyPrefix}${base62(BigInt(`0x${randomBytes(32).toString("hex")}`), bodyLength)}`;
  return `${head}${checkOf(head)}`;
}

/**
 * Whether the text could be a secret of any instance: its form and its check characters are right. Any brand part
 * passes, so that keys outlive a change of TOCSIN_KEY_PREFIX.
 */
export function isSecret(text: string): boolean {
  const [, head, check] = wellFormed.exec(text) ?? [];
  return head !== undefined && check === checkOf(head);
}

/** What lists show of a secret: its first 12 characters, or 4 beyond a brand part that is longer than 8. */
export function prefixOf(secret: string, keyPrefix: string): string {
  return secret.slice(0, Math.max(12, keyPrefix.length + 4));
}

/** What is stored of a secret. Nobody can aim at a digest without the pepper, so probing an index tells no timing. */
export function hashSecret(secret: string, pepper: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac("sha256", pepper).update(secret).digest());
}

/** The secret's hash under every pepper, as PostgreSQL writes bytea: the two drivers agree on no other form. */
export function hashesOf(secret: string, peppers: Peppers): string[] {
  return Array.from(
    peppers.byId.values(),
    (pepper) => `\\x${Buffer.from(hashSecret(secret, pepper).buffer).toString("hex")}`,
  );
}

/** The secret under the current pepper, with the pepper's id; throws when the instance has no such pepper. */
export function sealSecret(secret: string, peppers: Peppers): { hash: Uint8Array<ArrayBuffer>; pepperId: string } {
  const pepper = peppers.byId.get(peppers.current);
  if (!pepper) throw new Error(`there is no pepper ${peppers.current}`);
  return { hash: hashSecret(secret, pepper), pepperId: peppers.current };
}

function checkOf(head: string): string {
  return base62(BigInt(crc32(head)), checkLength);
}

function base62(number: bigint, length: number): string {
  let text = "";
  for (let rest = number; text.length < length; rest /= 62n) text = alphabet.charAt(Number(rest % 62n)) + text;
  return text;
}
