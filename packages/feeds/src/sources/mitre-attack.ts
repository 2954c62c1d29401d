import { type AttackSource, megabyte } from "../definition/feed";
import { fitsAttack } from "../parse/mitre-attack";

const fileOf = (domain: string) => ({
  name: `${domain}.json`,
  url: `https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master/${domain}/${domain}.json`,
});

export const mitreAttack: AttackSource = {
  kind: "attack",
  id: "mitre-attack",
  name: "MITRE ATT&CK",
  vendor: "MITRE",
  homepage: "https://attack.mitre.org/",
  category: "community",
  nature: "list",
  confidence: "low",
  tlp: "clear",
  licence: {
    name: "ATT&CK terms of use",
    url: "https://attack.mitre.org/resources/legal-and-branding/terms-of-use/",
    redistribution: "yes",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  // The Enterprise bundle has about 50 MB.
  maxBytes: 256 * megabyte,
  answered: "2026-08",
  takes:
    "names and tactics of techniques, revoked ids, groups and software with their other names and techniques; no indicators",
  files: [fileOf("enterprise-attack"), fileOf("mobile-attack"), fileOf("ics-attack")],
  layouts: [{ name: "ATT&CK bundle", fits: fitsAttack }],
};
