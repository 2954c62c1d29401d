import { hasRight, type Right, type Role } from "@tocsin/core/access";
import { createAccessControl } from "better-auth/plugins/access";

/** What better-auth asks for before it changes a workspace or its members. It has no endpoint that removes a workspace here. */
const statements = {
  organization: ["update", "delete"],
  member: ["create", "update", "delete"],
  invitation: ["create", "cancel"],
} as const;

/** What it asks for, in our rights. */
const needed = {
  organization: "workspace:write",
  member: "members:write",
  invitation: "members:write",
} as const satisfies Record<keyof typeof statements, Right>;

export const memberAccess = createAccessControl(statements);

function accessOf(role: Role) {
  const may = (right: Right) => hasRight(role, right);
  return memberAccess.newRole({
    organization: may(needed.organization) ? ["update"] : [],
    member: may(needed.member) ? [...statements.member] : [],
    invitation: may(needed.invitation) ? [...statements.invitation] : [],
  });
}

/** The roles of core, as better-auth's organizations check them. */
export const memberRoles = {
  owner: accessOf("owner"),
  admin: accessOf("admin"),
  key_admin: accessOf("key_admin"),
  analyst: accessOf("analyst"),
  auditor: accessOf("auditor"),
  viewer: accessOf("viewer"),
} as const satisfies Record<Role, ReturnType<typeof accessOf>>;
