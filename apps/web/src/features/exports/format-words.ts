/** How formats are called, in the order in which they are offered. */
export const formatNames = {
  stix: "STIX 2.1",
  misp: "MISP event",
  cef: "CEF",
  openioc: "OpenIOC",
  csv: "CSV",
  txt: "Plain list",
  ndjson: "NDJSON",
  sigma: "Sigma rules",
  suricata: "Suricata",
  zeek: "Zeek intelligence",
  hosts: "Hosts file",
  edl: "Firewall list (EDL)",
  rpz: "DNS policy zone (RPZ)",
} as const;

type FormatWord = keyof typeof formatNames;
export const formatWords = Object.keys(formatNames) as FormatWord[];

export const formatGroups: readonly { group: string; words: readonly FormatWord[] }[] = [
  { group: "Threat intelligence", words: ["stix", "misp", "cef", "openioc"] },
  { group: "Lists and data", words: ["csv", "txt", "ndjson"] },
  { group: "Detection", words: ["sigma", "suricata", "zeek"] },
  { group: "Blocking", words: ["hosts", "edl", "rpz"] },
];
