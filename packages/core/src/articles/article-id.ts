// UUID version 5: RFC 9562 section 5.5.
import { hash } from "node:crypto";

const namespace = Buffer.from("c27d1b6e54f04a0f8d3a9e61f07b4c15", "hex");

/** The id of an article, for ever: UUIDv5 of its canonical URL. */
export function articleId(canonicalUrl: string): string {
  const hex = hash("sha1", Buffer.concat([namespace, Buffer.from(canonicalUrl)]), "hex");
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
