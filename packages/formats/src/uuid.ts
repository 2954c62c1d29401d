// UUID version 5: RFC 9562 section 5.5.
import { hash } from "node:crypto";

/** Of everything that exports name and core does not; it can never change. */
const namespace = Buffer.from("8c1f4d0e3b574f5a9d266e0a1b7c2f83", "hex");

/** The same id for the same name for ever; what is named comes first in the name, so that no two kinds share an id. */
export function nameUuid(name: string): string {
  const hex = hash("sha1", Buffer.concat([namespace, Buffer.from(name)]), "hex");
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
