// RFC 7643: User, Group, ServiceProviderConfig, ResourceType, Schema.
import type { ScimGroup, ScimUser } from "@tocsin/core/provisioning";

const core = "urn:ietf:params:scim:schemas:core:2.0";
const userSchema = `${core}:User`;
const groupSchema = `${core}:Group`;
export const mostResults = 200;

export function listOf(all: readonly object[], { total, startIndex }: { total: number; startIndex: number }) {
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: total,
    startIndex,
    itemsPerPage: all.length,
    Resources: all,
  };
}

export function userResource(base: string, user: ScimUser) {
  const { id, userName, externalId, name, active, roles, createdAt, updatedAt } = user;
  return {
    schemas: [userSchema],
    id,
    ...(externalId === null ? {} : { externalId }),
    userName,
    displayName: name,
    name: { formatted: name },
    emails: [{ value: userName, type: "work", primary: true }],
    active,
    groups: roles.map((role) => ({ value: role, display: role, $ref: `${base}/Groups/${role}`, type: "direct" })),
    meta: {
      resourceType: "User",
      created: createdAt.toISOString(),
      lastModified: updatedAt.toISOString(),
      location: `${base}/Users/${id}`,
    },
  };
}

export function groupResource(base: string, { role, members }: ScimGroup) {
  return {
    schemas: [groupSchema],
    id: role,
    displayName: role,
    members: members.map(({ id, userName }) => ({ value: id, display: userName, $ref: `${base}/Users/${id}` })),
    meta: { resourceType: "Group", location: `${base}/Groups/${role}` },
  };
}

export function providerConfig(base: string) {
  return {
    schemas: [`${core}:ServiceProviderConfig`],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: mostResults },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "Management token",
        description: "A management token with the scope manage:members, as Authorization: Bearer.",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
  };
}

export function resourceTypes(base: string) {
  return [
    { name: "User", endpoint: "/Users", schema: userSchema },
    { name: "Group", endpoint: "/Groups", schema: groupSchema },
  ].map((type) => ({
    schemas: [`${core}:ResourceType`],
    id: type.name,
    ...type,
    meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/${type.name}` },
  }));
}

type Attribute = { name: string; type?: string; required?: true; readOnly?: true; many?: true; sub?: Attribute[] };

/** RFC 7643 section 7: an attribute with its characteristics. */
function attribute({ name, type = "string", required, readOnly, many, sub }: Attribute): object {
  return {
    name,
    type: sub ? "complex" : type,
    multiValued: many ?? false,
    required: required ?? false,
    caseExact: false,
    mutability: readOnly ? "readOnly" : "readWrite",
    returned: "default",
    uniqueness: name === "userName" ? "server" : "none",
    ...(sub ? { subAttributes: sub.map(attribute) } : {}),
  };
}

const members: Attribute[] = [
  { name: "value" },
  { name: "display", readOnly: true },
  { name: "$ref", type: "reference" },
];

export function schemas(base: string) {
  const all: { id: string; name: string; attributes: Attribute[] }[] = [
    {
      id: userSchema,
      name: "User",
      attributes: [
        { name: "userName", required: true },
        { name: "displayName" },
        { name: "name", sub: [{ name: "formatted" }, { name: "givenName" }, { name: "familyName" }] },
        { name: "active", type: "boolean" },
        { name: "emails", many: true, readOnly: true, sub: [{ name: "value" }, { name: "type" }] },
        { name: "groups", many: true, readOnly: true, sub: members },
      ],
    },
    {
      id: groupSchema,
      name: "Group",
      attributes: [
        { name: "displayName", required: true, readOnly: true },
        { name: "members", many: true, sub: members },
      ],
    },
  ];
  return all.map(({ id, name, attributes }) => ({
    schemas: [`${core}:Schema`],
    id,
    name,
    attributes: attributes.map(attribute),
    meta: { resourceType: "Schema", location: `${base}/Schemas/${id}` },
  }));
}
