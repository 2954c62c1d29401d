import { tlps } from "../values";

/** How strict a label is, from 1; null of null. */
export function tlpRankSql(label: string): string {
  return `array_position(ARRAY[${tlps.map((tlp) => `'${tlp}'`).join(", ")}], ${label})`;
}
