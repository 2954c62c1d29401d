import { detect, hostOf, type IocType, iocId, iocTypeCatalog, networksAround, plainForms, samenessOf } from "../values";
import type { Relation } from "./shape";

/** A record that bears on a value if it is stored. */
export type Candidate = { id: string; type: IocType; value: string; relation: "exact" | Relation };

/**
 * The value itself, then its plain ways to be written, then what holds it, nearest first: networks of an address, the host of
 * a URL, domains above.
 */
export function candidatesOf(type: IocType, value: string): Candidate[] {
  const others = plainForms(type, value).filter((form) => form !== value);
  return [
    candidate(type, value, "exact"),
    ...others.map((form) => candidate(type, form, samenessOf(type, value, form))),
    ...aroundOf(type, value),
  ];
}

function aroundOf(type: IocType, value: string): Candidate[] {
  switch (iocTypeCatalog[type].nature) {
    case "address":
      return networksAround(value).map((network) => candidate(type, network, "network"));
    case "name":
      return parentsOf(value).map((parent) => candidate(type, parent, "parent_domain"));
    case "hosted": {
      const found = detect(hostOf(value) ?? "");
      return found.ok ? [candidate(found.type, found.value, "host"), ...aroundOf(found.type, found.value)] : [];
    }
    case "artefact":
      return [];
  }
}

/** The domains above a domain that have two labels or more, nearest first. */
function parentsOf(domain: string): string[] {
  const labels = domain.split(".");
  return labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join("."));
}

function candidate(type: IocType, value: string, relation: Candidate["relation"]): Candidate {
  return { id: iocId(type, value), type, value, relation };
}
