// Safe for browsers: the dashboard shows from it what each role may do.

/** What somebody may do in their workspace beyond reading its intelligence, which every member may. */
export const rights = [
  "keys:read",
  "keys:write",
  "watchlists:write",
  "indicators:write",
  "audit:read",
  "tokens:write",
  "members:write",
  "workspace:write",
  "workspace:delete",
  "sso:write",
] as const;
export type Right = (typeof rights)[number];

type RoleEntry = {
  /** As the dashboard shows it. */
  readonly label: string;
  /** What it may do, as a sentence. */
  readonly words: string;
  /** Nobody gives a role, or takes one away, that ranks above their own. */
  readonly rank: number;
  readonly rights: readonly Right[];
};

/**
 * The roles of a workspace's members, the greatest first. REST, tRPC, `/api/auth`, the dashboard and docs/roles.md are
 * made from this table.
 */
export const roleCatalog = {
  owner: {
    label: "Owner",
    words: "Does everything, makes other owners, sets single sign-on, and removes the workspace",
    rank: 3,
    rights,
  },
  admin: {
    label: "Admin",
    words: "Manages members, keys, tokens and settings, and reads the audit log",
    rank: 2,
    // Who chooses the identity provider decides whom it lets in, owners among them.
    rights: rights.filter((right) => right !== "workspace:delete" && right !== "sso:write"),
  },
  key_admin: {
    label: "Key admin",
    words: "Creates, changes and revokes keys, and sees how they are used",
    rank: 1,
    rights: ["keys:read", "keys:write"],
  },
  analyst: {
    label: "Analyst",
    words: "Reads, looks up values, keeps watchlists and the workspace's own indicators, and sees keys and their use",
    rank: 1,
    rights: ["keys:read", "watchlists:write", "indicators:write"],
  },
  auditor: {
    label: "Auditor",
    words: "Reads everything, the audit log and the use of keys included, and changes nothing",
    rank: 1,
    rights: ["keys:read", "audit:read"],
  },
  viewer: {
    label: "Viewer",
    words: "Reads intelligence and watchlists; sees neither keys nor figures by key",
    rank: 0,
    rights: [],
  },
} as const satisfies Record<string, RoleEntry>;

export type Role = keyof typeof roleCatalog;
export const roles = ["owner", "admin", "key_admin", "analyst", "auditor", "viewer"] as const satisfies readonly Role[];

/** What analysts were called before there were six roles; nodes of that version write it during an upgrade. */
export const formerRole = "member";

/** The role that a stored text names; the least one for a text that names none. */
export function roleOf(text: string): Role {
  if (text === formerRole) return "analyst";
  return roles.find((role) => role === text) ?? "viewer";
}

export function hasRight(role: Role, right: Right): boolean {
  const has: readonly Right[] = roleCatalog[role].rights;
  return has.includes(right);
}

/** Whether somebody of role `giver` may give `role`, or take it away. */
export function mayGive(giver: Role, role: Role): boolean {
  return hasRight(giver, "members:write") && roleCatalog[role].rank <= roleCatalog[giver].rank;
}

/** The least role that has the right: what a refusal names. */
export function leastRoleWith(right: Right): Role {
  return roles.findLast((role) => hasRight(role, right)) ?? "owner";
}
