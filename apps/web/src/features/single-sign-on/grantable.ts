import { roleCatalog } from "@tocsin/core/access";
import { kindsOf } from "../../lib/tables";
import type { GrantableRole } from "./use-provider";

const { owner: _, ...grantable } = roleCatalog;

/** The roles that a provider may give. */
export const grantableRoles: GrantableRole[] = kindsOf(grantable);

export const grantableOptions = grantableRoles.map((value) => ({ value, label: grantable[value].label }));
