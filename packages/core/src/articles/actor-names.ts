import { threatGroups } from "../attack/threat-catalog";

const goingBy = new Map<string, string>();
for (const { attackId, name, names } of threatGroups) {
  for (const { text } of names) {
    const lower = text.toLowerCase();
    if (!goingBy.has(lower)) goingBy.set(lower, name.toLowerCase());
  }
  if (attackId !== null) goingBy.set(attackId.toLowerCase(), name.toLowerCase());
}

/** The names, in lower case, under which articles may hold a group: as it was asked for, and as it goes by here. */
export function actorNames(asked: string): string[] {
  const lower = asked.toLowerCase();
  return [...new Set([lower, goingBy.get(lower) ?? lower])];
}
