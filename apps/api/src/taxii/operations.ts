import { type Access, formatRules } from "@tocsin/core/access";
import { z } from "zod";
import { taxiiApiRoot } from "../wire/taxii-address";
import { type MediaType, stixType, taxiiType } from "./media-type";
import { longestParameter, maxPage } from "./object-query";

/** An endpoint of TAXII 2.1 as data: the routes, the OpenAPI document and the security suite are made of it. */
export type TaxiiOperation = {
  readonly operationId: string;
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: `/${string}/`;
  readonly summary: string;
  readonly description: string;
  readonly access: Access & { by: "key" };
  readonly offers: readonly MediaType[];
  /** Which of the standard's parameters it reads. */
  readonly parameters: readonly TaxiiParameter[];
};

/** The standard's parameters (section 3.4). `object-query` reads them; here they are described. */
export const taxiiParameters = {
  limit: z
    .number()
    .min(1)
    .default(maxPage)
    .meta({
      description: `Most objects of the page, from 1; more than ${maxPage} is ${maxPage}.`,
      type: "integer",
      example: 100,
      parameter: "TAXIILimit",
    }),
  next: z.string().max(longestParameter).meta({
    description:
      "`next` of the page before, for the same address and the same filters. It is signed: only what this instance gave out is taken.",
    example: "q1w2e3",
    parameter: "TAXIINext",
  }),
  added_after: z.string().max(longestParameter).meta({
    description: "Only what was added later than this UTC time, to the microsecond.",
    format: "date-time",
    example: "2026-11-21T09:30:00.000000Z",
    parameter: "TAXIIAddedAfter",
  }),
  "match[id]": z.string().max(longestParameter).meta({
    description: "Only objects with these STIX ids, one or several with commas between them.",
    example: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    parameter: "TAXIIMatchId",
  }),
  "match[type]": z.string().max(longestParameter).meta({
    description: "Only objects of these STIX types, one or several with commas between them.",
    example: "indicator",
    parameter: "TAXIIMatchType",
  }),
  "match[version]": z.string().max(longestParameter).meta({
    description:
      "Which versions of each object: `last` (the default), `first`, times of `modified` with commas between them, or `all`.",
    example: "last",
    parameter: "TAXIIMatchVersion",
  }),
  "match[spec_version]": z.string().max(longestParameter).meta({
    description: "Only objects of these versions of STIX, one or several with commas between them; here there is 2.1.",
    example: "2.1",
    parameter: "TAXIIMatchSpecVersion",
  }),
} as const;
export type TaxiiParameter = keyof typeof taxiiParameters;

const access = { by: "key", scope: formatRules.taxii.scope, format: "taxii", cost: 1 } as const;
const heavy = { ...access, cost: 2.5 } as const;
const ofCollection = `${taxiiApiRoot}collections/:collection/` as const;
const ofObject = `${ofCollection}objects/:object/` as const;
const all = Object.keys(taxiiParameters) as TaxiiParameter[];
const paging: readonly TaxiiParameter[] = ["limit", "next", "added_after", "match[spec_version]"];

const taxii = [taxiiType] as const;
const either = [taxiiType, stixType] as const;

export const taxiiOperations = [
  {
    operationId: "getTAXIIDiscovery",
    method: "GET",
    path: "/taxii2/",
    summary: "TAXII: discovery",
    description: "Where the API root is. The address that the standard reserves on every host.",
    access,
    offers: taxii,
    parameters: [],
  },
  {
    operationId: "getTAXIIDiscoveryUnderAPI",
    method: "GET",
    path: "/api/taxii2/",
    summary: "TAXII: discovery, beside the API root",
    description: "The same as `/taxii2/`.",
    access,
    offers: taxii,
    parameters: [],
  },
  {
    operationId: "getTAXIIAPIRoot",
    method: "GET",
    path: taxiiApiRoot,
    summary: "TAXII: the API root",
    description: "What the API root is called and which versions it speaks.",
    access,
    offers: taxii,
    parameters: [],
  },
  {
    operationId: "getTAXIIStatus",
    method: "GET",
    path: `${taxiiApiRoot}status/:status/`,
    summary: "TAXII: the status of a request",
    description: "Nothing can be added here, so there is no status to ask for: always 404.",
    access,
    offers: taxii,
    parameters: [],
  },
  {
    operationId: "listTAXIICollections",
    method: "GET",
    path: `${taxiiApiRoot}collections/`,
    summary: "TAXII: collections",
    description: "All of them, always in the same order.",
    access,
    offers: taxii,
    parameters: [],
  },
  {
    operationId: "getTAXIICollection",
    method: "GET",
    path: ofCollection,
    summary: "TAXII: a collection",
    description: "By its id or one of its names.",
    access,
    offers: taxii,
    parameters: [],
  },
  {
    operationId: "getTAXIIManifest",
    method: "GET",
    path: `${ofCollection}manifest/`,
    summary: "TAXII: manifest of a collection",
    description: "Ids, versions and times of the objects, in the order in which they were added.",
    access,
    offers: taxii,
    parameters: all,
  },
  {
    operationId: "getTAXIIObjects",
    method: "GET",
    path: `${ofCollection}objects/`,
    summary: "TAXII: objects of a collection",
    description:
      "In the order in which they were added, oldest first. What changes is added again, at the end; what is withdrawn comes once more with `revoked`. With `Accept: application/stix+json` the page is a STIX bundle and the `Link` header leads on. Weighs 2.5 requests.",
    access: heavy,
    offers: either,
    parameters: all,
  },
  {
    operationId: "addTAXIIObjects",
    method: "POST",
    path: `${ofCollection}objects/`,
    summary: "TAXII: add objects",
    description: "Collections are read-only: always 403.",
    access,
    offers: taxii,
    parameters: [],
  },
  {
    operationId: "getTAXIIObject",
    method: "GET",
    path: ofObject,
    summary: "TAXII: an object",
    description: "By its STIX id. Weighs 2.5 requests.",
    access: heavy,
    offers: either,
    parameters: [...paging, "match[version]"],
  },
  {
    operationId: "deleteTAXIIObject",
    method: "DELETE",
    path: ofObject,
    summary: "TAXII: delete an object",
    description: "Collections are read-only: always 403.",
    access,
    offers: taxii,
    parameters: [],
  },
  {
    operationId: "getTAXIIVersions",
    method: "GET",
    path: `${ofObject}versions/`,
    summary: "TAXII: versions of an object",
    description: "Of each object one version is stored, its last.",
    access,
    offers: taxii,
    parameters: paging,
  },
] as const satisfies readonly TaxiiOperation[];

export type TaxiiOperationId = (typeof taxiiOperations)[number]["operationId"];
