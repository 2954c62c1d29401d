import type { Tlp } from "@tocsin/core/values";
// STIX 2.1 sections 4.5 (identity) and 7.2 (markings); TLP 2.0 as the extension that OASIS published for it.
import { nameUuid } from "../uuid";
import type { StixObject } from "./stix-object";

/** The instance itself, who created every object that it hands out; renaming the instance makes another of it. */
export function stixIdentity(instanceName: string): StixObject {
  return {
    type: "identity",
    spec_version: "2.1",
    id: identityId(instanceName),
    created: identitySince,
    modified: identitySince,
    name: instanceName,
    description: "Collects indicators of compromise from public and private feeds.",
    identity_class: "system",
  };
}

export function identityId(instanceName: string): `identity--${string}` {
  return `identity--${nameUuid(`stix:identity:${instanceName}`)}`;
}

// The same (id, modified) must always have the same content, so the time can depend on nothing.
const identitySince = "2026-01-01T00:00:00.000Z";

const markingUuids = {
  clear: "94868c89-83c2-464b-929b-a1a8aa3c8487",
  green: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
  amber: "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
  "amber+strict": "939a9414-2ddd-4d32-a0cd-375ea402b003",
  red: "e828b379-4e03-4974-9ac4-e53a884c97c1",
} as const satisfies Record<Tlp, string>;

export function markingId(tlp: Tlp): `marking-definition--${string}` {
  return `marking-definition--${markingUuids[tlp]}`;
}

/** The TLP 2.0 object of a label, byte for byte the one that everybody uses. */
export function stixMarking(tlp: Tlp): StixObject {
  return {
    type: "marking-definition",
    spec_version: "2.1",
    id: markingId(tlp),
    created: "2022-10-01T00:00:00.000Z",
    name: `TLP:${tlp.toUpperCase()}`,
    extensions: {
      "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": {
        extension_type: "property-extension",
        tlp_2_0: tlp,
      },
    },
  };
}
