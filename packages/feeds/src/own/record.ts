import type { FeedMapping, MappedField } from "@tocsin/core/own-feeds";
import type { Observation } from "@tocsin/core/values";
import type { Fields } from "../parse/parsed";
import { link, percentCertainty, seen } from "../parse/said";
import { isTypeWord, plainWord, statedType } from "../parse/stated-type";

/** The texts of a record at a mapped place; a place that a feed does not map has none. */
export type Places = (field: MappedField) => readonly string[];

/** Words that say no more than that it is some hash, or anything: the value itself says which. */
const open = /^(?:|hash|filehash|file|ioc|indicator|observable|value|unknown|other|auto)$/;

/** What a record of a feed that an operator described says, or why it says nothing. */
export function ownRecord(places: Places, mapping: FeedMapping): readonly Observation[] | string {
  const values = places("value").filter((value) => value !== "");
  if (values.length === 0) return "the value is empty";
  const stated = mapping.value_type === "auto" ? (places("type")[0] ?? "") : mapping.value_type;
  const word = plainWord(stated);
  const isTechnique = mapping.value_type === "mitre_attack";
  if (!isTechnique && !isTypeWord(stated) && !open.test(word))
    return `no indicator of a known type: ${stated.slice(0, 40)}`;
  const about = aboutOf(places);
  return values.map((value) => {
    const type = isTechnique ? "mitre_attack" : statedType(stated, value);
    return { ...about, value, ...(type && { type }) };
  });
}

function aboutOf(places: Places): Omit<Observation, "value" | "type"> {
  const first = (field: MappedField) => places(field).find((text) => text !== "") ?? "";
  const tags = places("tags").flatMap((text) => text.split(/[,;|]/).map((tag) => tag.trim()));
  return {
    ...seen(first("first_seen"), first("last_seen")),
    ...surenessOf(first("confidence")),
    tags: [...new Set(tags)].filter((tag) => tag !== ""),
    threatType: first("threat_type"),
    malwareFamily: first("malware_family"),
    referenceUrl: link(first("reference_url")),
    context: places("context")
      .filter((text) => text !== "")
      .join("; "),
  };
}

function surenessOf(text: string): Pick<Observation, "certainty" | "confidence"> {
  const word = text.toLowerCase().replace(/%$/, "").trimEnd();
  if (/^(?:very )?high$|^confirmed$|^certain$/.test(word)) return { confidence: "high" };
  if (/^(?:medium|moderate|med)$/.test(word)) return { confidence: "medium" };
  if (/^(?:very )?low$/.test(word)) return { confidence: "low" };
  // A share of one, as some write it.
  return percentCertainty(/^0?\.\d+$/.test(word) ? String(Number(word) * 100) : word);
}

/** What CSV for spreadsheets puts before a text that would be a formula (OWASP, CSV Injection); ours does, too. */
const formulaGuard = /^'(?=[=+\-@])/;

/** Of a row: a mapped column's text, or nothing. */
export function placesOfRow(fields: Fields, mapping: FeedMapping): Places {
  return (field) => {
    const column = mapping.fields[field];
    const text = column === undefined ? "" : fields(column).replace(formulaGuard, "");
    return text === "" ? [] : [text];
  };
}
