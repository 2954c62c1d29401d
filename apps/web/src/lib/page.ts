import type { ComponentType } from "react";
import { type Me, type Right, roleName, whyNot } from "./me";

/** What the catalog of pages says of one beside its route. */
export type PageEntry = {
  /** The heading of the page, its link in the navigation and the window's title. */
  title: string;
  /** A line under the heading of the settings. */
  note?: string;
  /** Who may see it; everyone who is signed in unless said otherwise. */
  audience?: Audience;
  /** Where the navigation lists it, in the order of the catalog; a page without is reached from others. */
  nav?: { group: NavGroup; icon: ComponentType<{ size?: number; stroke?: number }> };
};

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    page?: PageEntry;
  }
}

export const navGroups = {
  intelligence: "Intelligence",
  access: "Access",
  operator: "Operator",
} as const;
export type NavGroup = keyof typeof navGroups;

type Refusal = { title: string; text: string };

/** Everybody who is signed in, operators of the instance, or those whose role in the workspace has a right. */
export type Audience = "everyone" | "operators" | Right;

/** Why somebody may not see a page, said in the place of its content; null for those who may. */
export function refusalOf(audience: Audience, me: Me): Refusal | null {
  if (audience === "everyone") return null;
  if (audience === "operators") {
    if (me.operator) return null;
    return { title: "Only for operators of this instance", text: "Your account is not an operator of this instance." };
  }
  if (whyNot(me, audience) === null) return null;
  return {
    title: "Your role does not include this",
    text: `Your role in this workspace is ${roleName(me)}. Ask an owner or admin for what you need.`,
  };
}
