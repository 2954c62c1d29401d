import { useSuspenseQuery } from "@tanstack/react-query";
import { type Outputs, trpc } from "./trpc";

export type Me = Outputs["me"]["get"];

/** Who is signed in, and in which workspace; the route in front has loaded it already. */
export function useMe(): Me {
  return useSuspenseQuery(trpc.me.get.queryOptions()).data;
}

export type Role = Me["role"];

export type Right = Me["rights"][number];

/** Whether the role in this workspace allows it; the server decides by the same table. */
export function may(me: Me, right: Right): boolean {
  return me.rights.includes(right);
}

/** Why the button of someone who is no operator is off; null for operators. */
export function whyNotOperate(me: Me): string | null {
  return me.operator ? null : "Only operators of this instance can do this.";
}

/** Why the button of someone whose role has not the right is off; null for the others. */
export function whyNot(me: Me, right: Right): string | null {
  return may(me, right) ? null : `Your role is ${roleName(me)}, which does not allow this. Ask an owner or admin.`;
}

/** `key_admin` as people write it. */
export function roleName({ role }: { role: string }): string {
  return role.replaceAll("_", " ");
}
