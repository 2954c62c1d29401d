// UUID version 5: RFC 9562 section 5.5.
import { hash } from "node:crypto";
import type { IocType } from "./ioc-types";

const namespace = Buffer.from("5d0c6f0a8f1e4c0b9a1b7e5c3f2d9a64", "hex");
// One buffer for all short names: an allocation for each would double the cost.
const scratch = Buffer.alloc(4096);
scratch.set(namespace);

/** The id of an IOC, for ever: UUIDv5 of `type:value`, whose value is normalised, in Tocsin's own namespace. */
export function iocId(type: IocType, value: string): string {
  return nameUuid(`${type}:${value}`);
}

/**
 * The UUID of an IOC in STIX: the IOC's own; each time it came back after it was revoked another one, since `revoked` is
 * final there.
 */
export function stixId(id: string, generation: number): string {
  return generation === 0 ? id : nameUuid(`${id}:${generation}`);
}

/** The UUID under which a source's own record is remembered: that in its id (`indicator--…`), else one made of it. */
export function recordId(text: string): string {
  const [own] = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.exec(text) ?? [];
  return own?.toLowerCase() ?? nameUuid(`record:${text}`);
}

function nameUuid(name: string): string {
  const hex = hash("sha1", bytesOf(name), "hex");
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function bytesOf(name: string): Buffer {
  // A UTF-16 unit takes three bytes at most.
  if (name.length * 3 > scratch.length - namespace.length) return Buffer.concat([namespace, Buffer.from(name)]);
  return scratch.subarray(0, namespace.length + scratch.write(name, namespace.length));
}
