import { rowsOf } from "../../lib/tables";
import type { Outputs } from "../../lib/trpc";

type Format = Outputs["exports"]["list"]["data"][number]["id"];

/**
 * How formats are called and under which heading they are offered, in that order; null for those that are no export:
 * JSON is what the list answers anyway, TAXII has a page of its own.
 */
const formatLabels = {
  stix: { group: "Threat intelligence", label: "STIX 2.1" },
  misp: { group: "Threat intelligence", label: "MISP event" },
  cef: { group: "Threat intelligence", label: "CEF" },
  openioc: { group: "Threat intelligence", label: "OpenIOC" },
  csv: { group: "Lists and data", label: "CSV" },
  txt: { group: "Lists and data", label: "Plain list" },
  ndjson: { group: "Lists and data", label: "NDJSON" },
  sigma: { group: "Detection", label: "Sigma rules" },
  suricata: { group: "Detection", label: "Suricata rules" },
  zeek: { group: "Detection", label: "Zeek intel" },
  hosts: { group: "Blocking", label: "Hosts file" },
  edl: { group: "Blocking", label: "External dynamic list (EDL)" },
  rpz: { group: "Blocking", label: "Response policy zone (RPZ)" },
  json: null,
  taxii: null,
} as const satisfies Record<Format, { group: string; label: string } | null>;

const offered = rowsOf(formatLabels).flatMap(([value, row]) => (row === null ? [] : [{ value, ...row }]));

export const formatIds: readonly Format[] = offered.map(({ value }) => value);

/** The choices of a grouped select, of the formats that there are. */
export function formatChoices(known: readonly Format[]) {
  const groups = [...new Set(offered.map(({ group }) => group))];
  return groups.map((group) => ({
    group,
    // A choice with a group of its own would be taken for a group.
    items: offered
      .filter((each) => each.group === group && known.includes(each.value))
      .map(({ value, label }) => ({ value, label })),
  }));
}
