export { changeScimGroup, getScimGroup, listScimGroups, type MemberChange, type ScimGroup } from "./groups";
export type { ScimCall } from "./scim-row";
export { type ScimUser, scimProblem, type UserChange, type UserFilter } from "./shape";
export { addScimUser, changeScimUser, getScimUser, listScimUsers, removeScimUser } from "./users";
