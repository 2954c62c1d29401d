// STIX 2.1 section 9: patterning.
import { type IocType, iocTypeCatalog } from "@tocsin/core/values";
import { vocabulary } from "../vocabulary";

/** One observation with one comparison, which every consumer reads; null where patterns have no word for the type. */
export function stixPattern(type: IocType, value: string): string | null {
  const { stix } = vocabulary[type];
  if (stix === null || !("path" in stix)) return null;
  // A network matches what lies in it.
  const network = iocTypeCatalog[type].nature === "address" && value.includes("/");
  return `[${stix.path} ${network ? "ISSUBSET" : "="} ${stixString(value)}]`;
}

/** A string literal of a pattern: section 9.3, where the quote and the backslash are all that is escaped. */
export function stixString(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
