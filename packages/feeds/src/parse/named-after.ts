import type { Observation } from "@tocsin/core/values";

/** The name of a file without its folders and its ending. */
export function stemOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1).replace(/\.[a-z\d]{1,6}$/i, "");
}

/**
 * What the name of a file says of all that is in it: the malware or tool that `family` finds in it as its first group, or
 * a tag where that is an actor's (`apt_…`).
 */
export function namedAfter(file: string | undefined, family: RegExp): Pick<Observation, "malwareFamily" | "tags"> {
  const name = family.exec(stemOf(file ?? ""))?.[1]?.trim() ?? "";
  if (name === "") return {};
  const actor = /^apt[_-](.+)$/i.exec(name)?.[1];
  return actor === undefined ? { malwareFamily: name } : { tags: [actor.toLowerCase()] };
}
