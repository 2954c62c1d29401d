// RFC 7643 section 4.2: Group. RFC 7644 section 3.5.2: PATCH.
import { type MemberChange, scimProblem } from "@tocsin/core/provisioning";
import { z } from "zod";
import { type Operation, operations, parse } from "./read-user";

const members = z.array(z.looseObject({ value: z.string().max(500) })).max(10_000);
const group = z.looseObject({ displayName: z.string().max(1_000).optional(), members: members.optional() });
/** `members[value eq "…"]` */
const oneMember = /^members\s*\[\s*value\s+eq\s+"([^"]*)"\s*\]$/i;

/** The name and the members of a whole group. */
export function readGroup(body: unknown): { displayName: string | undefined; changes: MemberChange[] } {
  const { displayName, members: given } = parse(group, body);
  return { displayName, changes: [{ kind: "replace", ids: idsOf(given ?? []) }] };
}

/** What the operations of a PATCH do to the members, in their order. */
export function readGroupPatch(body: unknown): MemberChange[] {
  return parse(operations, body).Operations.flatMap(changesOf);
}

function changesOf({ op, path, value }: Operation): MemberChange[] {
  const kind = op;
  if (path === undefined) {
    const given = parse(group, value).members;
    return given ? [{ kind, ids: idsOf(given) }] : [];
  }
  const one = path.length <= 1_000 ? oneMember.exec(path) : null;
  if (one) return [{ kind, ids: [one[1] ?? ""] }];
  // A role keeps its name.
  if (path.toLowerCase() !== "members") return [];
  if (op === "remove" && value === undefined) return [{ kind: "replace", ids: [] }];
  return [{ kind, ids: idsOf(parse(members, Array.isArray(value) ? value : [value])) }];
}

function idsOf(given: z.output<typeof members>): string[] {
  return [...new Set(given.map(({ value }) => value))];
}

/** Roles are there, and no others. */
export function noSuchGroup(displayName: string | undefined, names: readonly string[]) {
  return names.includes(displayName ?? "")
    ? scimProblem("uniqueness", `displayName: the group ${displayName} is there already`)
    : scimProblem("invalidValue", `displayName: groups are the roles of the workspace; allowed: ${names.join(", ")}`);
}
