import { type Tlp, tlpMarkings } from "@tocsin/core/values";
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

export function markingId(tlp: Tlp): `marking-definition--${string}` {
  return `marking-definition--${tlpMarkings[tlp]}`;
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
