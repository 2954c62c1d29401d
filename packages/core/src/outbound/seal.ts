import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Context } from "../context";

type Keys = Pick<Context, "peppers">;

/** Encrypts a webhook's or feed's secret for its row; the key derives from the instance's secret and is not in the database. */
export function seal({ peppers }: Keys, plain: string, row: string): string {
  const key = keyOf(peppers, peppers.current);
  if (!key) throw new Error(`the pepper ${peppers.current} is not in the keyring`);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(row));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return ["s1", peppers.current, nonce.toString("base64url"), sealed.toString("base64url")].join(".");
}

/** Null for what another instance sealed, another row holds, or a former secret that is no longer known. */
export function unseal({ peppers }: Keys, text: string, row: string): string | null {
  const [version, id = "", nonce = "", body = ""] = text.split(".");
  const key = version === "s1" ? keyOf(peppers, id) : null;
  const sealed = Buffer.from(body, "base64url");
  if (!key || sealed.length < 16) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"));
    decipher.setAAD(Buffer.from(row)).setAuthTag(sealed.subarray(-16));
    return decipher.update(sealed.subarray(0, -16), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return null;
  }
}

/** The text sealed under the current key: itself where it is so already; null where it cannot be opened. */
export function reseal(ctx: Keys, text: string, row: string): string | null {
  const plain = unseal(ctx, text, row);
  if (plain === null) return null;
  return text.startsWith(`s1.${ctx.peppers.current}.`) ? text : seal(ctx, plain, row);
}

function keyOf(peppers: Context["peppers"], id: string): Buffer | null {
  const pepper = peppers.byId.get(id);
  return pepper ? Buffer.from(hkdfSync("sha256", pepper, "", "tocsin/webhook-secret/1", 32)) : null;
}
