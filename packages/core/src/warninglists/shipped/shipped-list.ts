import type { IocType, Warninglist } from "../../values";

/** When the shipped lists were last gone through. */
export const shippedVersion = "20261122";

const typesOf: Readonly<Record<Warninglist["kind"], readonly IocType[]>> = {
  cidr: ["ipv4", "ipv6"],
  hostname: ["domain"],
  string: ["domain"],
  substring: ["domain"],
  "public-suffix": ["domain"],
};

/** A list of our own; entries are normalised values with white space between them. */
export function shippedList(
  list: Pick<Warninglist, "id" | "name" | "kind" | "means"> & { entries: string } & Partial<
      Pick<Warninglist, "effect" | "types" | "urls" | "around">
    >,
): Warninglist {
  return {
    version: shippedVersion,
    effect: "hide",
    types: typesOf[list.kind],
    urls: "root",
    ...list,
    entries: list.entries.trim() === "" ? [] : list.entries.trim().split(/\s+/),
  };
}
