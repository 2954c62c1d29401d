import { useSuspenseQuery } from "@tanstack/react-query";
import { type Outputs, trpc } from "./trpc";

export type Me = Outputs["me"]["get"];

/** Who is signed in, and in which workspace; the route in front has loaded it already. */
export function useMe(): Me {
  return useSuspenseQuery(trpc.me.get.queryOptions()).data;
}

/** Why a member's button is off; null for those who may manage. */
export function whyNotManage(me: Me): string | null {
  return me.role === "member" ? "Your role here is member. An owner or admin of the workspace can do this." : null;
}
