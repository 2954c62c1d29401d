import { familyTable } from "./families";
import { groupTable } from "./groups";
import { softwareTable } from "./software";

/** A threat group or a malware family; the first name is the one that it goes by here. */
export type CatalogEntry = {
  readonly attackId: string | null;
  readonly name: string;
  readonly names: readonly CatalogName[];
};
/**
 * `common` names are ordinary words besides, so that more than the word itself has to speak for them; `exact` ones may be,
 * and are names only as they stand here.
 */
export type CatalogName = { readonly text: string; readonly common: boolean; readonly exact?: true };

/** Threat groups: ATT&CK's, then others that reports name. */
export const threatGroups: readonly CatalogEntry[] = read(groupTable);

/** Malware and offensive tools: ATT&CK's, then other families that reports name. */
export const malware: readonly CatalogEntry[] = [...read(softwareTable), ...read(familyTable)];

function read(table: string): CatalogEntry[] {
  return table
    .trim()
    .split(/\s*[|\n]\s*/)
    .map((entry) => {
      const [, id = "", list = ""] = /^(\S+) (.+)$/.exec(entry) ?? [];
      const names = list.split(", ").map((name) => ({ text: name.replace(/^\?/, ""), common: name.startsWith("?") }));
      return { attackId: id === "-" ? null : id, name: names[0]?.text ?? "", names };
    });
}
