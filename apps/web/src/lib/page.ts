import type { ComponentType } from "react";
import { type Me, mayManage } from "./me";

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

/** Who may see a page: null for those who may, else what the page says in the place of its content. */
export const audiences = {
  everyone: () => null,
  managers: (me: Me): Refusal | null =>
    mayManage(me)
      ? null
      : {
          title: "Only for owners and admins",
          text: `Your role in this workspace is ${me.role}. Ask an owner or admin for what you need.`,
        },
  operators: (me: Me): Refusal | null =>
    me.operator
      ? null
      : { title: "Only for operators of this instance", text: "Your account is not an operator of this instance." },
} as const satisfies Record<string, (me: Me) => Refusal | null>;
export type Audience = keyof typeof audiences;
