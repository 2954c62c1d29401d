import { AppError } from "../errors";
import type { GrantableRole } from "../single-sign-on";

/** Somebody whom the identity provider manages. */
export type ScimUser = {
  id: string;
  userName: string;
  externalId: string | null;
  name: string;
  active: boolean;
  /** The groups in which they are. */
  roles: GrantableRole[];
  createdAt: Date;
  updatedAt: Date;
};

/** What is said of somebody; what is absent stays as it is. */
export type UserChange = {
  userName?: string | undefined;
  externalId?: string | null | undefined;
  name?: string | undefined;
  active?: boolean | undefined;
};

export type UserFilter = { field: "userName" | "externalId" | "id"; value: string } | null;
export type Page = { startIndex: number; count: number };

/** RFC 7644 section 3.12, table 9. */
export type ScimType = "invalidFilter" | "invalidPath" | "invalidValue" | "mutability" | "uniqueness";

/** A refusal with the word that SCIM has for it. */
export function scimProblem(scimType: ScimType, message: string): AppError {
  return new AppError("invalid_parameter", { message, details: { scim_type: scimType } });
}
