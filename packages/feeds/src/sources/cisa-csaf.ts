import { type IndicatorSource, megabyte } from "../definition/feed";
import { csafLayout, rolieLayout } from "../parse/csaf";

const base = "https://raw.githubusercontent.com/cisagov/CSAF/develop/csaf_files/OT/white/";

export const cisaCsaf: IndicatorSource = {
  kind: "indicators",
  id: "cisa-csaf",
  name: "CISA advisories on industrial control systems (CSAF)",
  vendor: "CISA",
  homepage: "https://github.com/cisagov/CSAF",
  category: "government",
  nature: "archive",
  undated: "2020-01-01",
  // An advisory says that there is a hole, not that anybody uses it.
  confidence: "low",
  tlp: "clear",
  licence: {
    name: "public domain (work of the US government)",
    url: "https://github.com/cisagov/CSAF/blob/develop/LICENSE",
    redistribution: "yes",
  },
  intervalSeconds: 12 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "CVE; times, page, CWE and sectors of the advisory; title and CVSS in the context",
  files: [{ name: "cisa-csaf-ot-feed-tlp-white.json", url: `${base}cisa-csaf-ot-feed-tlp-white.json` }],
  layouts: [csafLayout, rolieLayout(base, /^20\d{2}\/[\w-]{1,80}\.json$/)],
};
