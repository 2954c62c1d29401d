import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, fitsCsv } from "../parse/csv-header";
import type { Fields } from "../parse/parsed";
import { addressType, notes, withPort } from "../parse/said";

/** A row names an address, or a domain with the addresses and name servers that go with it. */
function c2Record(fields: Fields): readonly Observation[] | string {
  const domain = fields("domain");
  const said = fields("ioc");
  if (/\bvpn/i.test(said)) return "the exit of a VPN, which the vendor lists as something to know";
  // Fronted and fronting domains belong to someone else more often than not.
  const confidence = /front/i.test(said) ? "low" : "medium";
  // A port that answered as the vendor's scan expects of a server; a name that resolves to one.
  const certainty = confidence === "low" ? 20 : fields("port") !== "" || /\bdns\b/i.test(said) ? 60 : 50;
  const about = { confidence, certainty, threatType: "c2", malwareFamily: familyOf(said) } as const;
  const context = notes({ listing: said, path: fields("uri_path") });
  if (domain === "") {
    const address = fields("ip", "ips");
    if (address === "") return "neither address nor domain";
    return [{ ...about, value: withPort(address, fields("port")), type: addressType(address), context }];
  }
  const beside = notes({ listing: said, domain, path: fields("uri_path") });
  const names = [...new Set(list(fields("C2Domains")))].filter((name) => name !== domain);
  return [
    { ...about, value: domain, type: "domain", context },
    ...names.map((value) => ({ ...about, value, type: "domain" as const, context: beside })),
    ...list(fields("ip", "ips")).map((value) => ({ ...about, value, type: addressType(value), context: beside })),
  ];
}

const list = (text: string) => text.split(/[\s,;]+/).filter((part) => part !== "");

/** "Possible Cobaltstrike DNS C2 Domain" says Cobalt Strike. */
function familyOf(said: string): string {
  const name = /^(?:possible\s+)?(.+?)\s+(?:dns\s+)?c2\b/i.exec(said.slice(0, 100))?.[1] ?? "";
  return /^cobalt\s*strike$/i.test(name) ? "Cobalt Strike" : name;
}

const form: CsvForm = { header: ["ioc"] };
const csv: Layout = {
  name: "C2IntelFeeds CSV",
  fits: (head) => fitsCsv(head, { header: ["ioc", "ip"] }) || fitsCsv(head, { header: ["ioc", "domain"] }),
  read: (chunks, state) => readCsv(chunks, state, form, c2Record),
};

const feed = (name: string) => ({
  name,
  url: `https://raw.githubusercontent.com/drb-ra/C2IntelFeeds/master/feeds/${name}`,
});

export const c2intelfeeds: IndicatorSource = {
  kind: "indicators",
  id: "c2intelfeeds",
  name: "C2IntelFeeds",
  vendor: "drb-ra",
  homepage: "https://github.com/drb-ra/C2IntelFeeds",
  category: "community",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 75,
  licence: {
    name: "CC BY-NC-SA 4.0",
    url: "https://github.com/drb-ra/C2IntelFeeds/blob/master/License.md",
    redistribution: "unclear",
  },
  intervalSeconds: 6 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address with port, domain, name servers and addresses beside it; family; URI path in the context",
  files: [
    feed("IPC2s-30day.csv"),
    feed("IPPortC2s-30day.csv"),
    feed("domainC2swithURLwithIP-30day-filter-abused.csv"),
    feed("DNSC2Domains-30day.csv"),
  ],
  layouts: [csv],
};
