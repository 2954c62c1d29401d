import { useSuspenseQuery } from "@tanstack/react-query";
import { type Outputs, trpc } from "./trpc";

export type Me = Outputs["me"]["get"];

/** Who is signed in, and in which workspace; the route in front has loaded it already. */
export function useMe(): Me {
  return useSuspenseQuery(trpc.me.get.queryOptions()).data;
}

export type Role = Me["role"];

/** Which roles change keys, members and settings of a workspace. */
const manages = { owner: true, admin: true, member: false } as const satisfies Record<Role, boolean>;

export function mayManage(me: Me): boolean {
  return manages[me.role];
}

/** Why the button of someone who is no operator is off; null for operators. */
export function whyNotOperate(me: Me): string | null {
  return me.operator ? null : "Only operators of this instance can do this.";
}

/** Why a member's button is off; null for those who may manage. */
export function whyNotManage(me: Me): string | null {
  return mayManage(me) ? null : `Your role is ${me.role}. Only owners and admins of the workspace can do this.`;
}
