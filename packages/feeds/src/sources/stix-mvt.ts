import { type IndicatorSource, megabyte } from "../definition/feed";
import { githubRepository, githubTree } from "../parse/github-tree";
import { addressLayout, domainLayout, hashLayout } from "../parse/plain-lists";
import { stixLayout } from "../parse/stix";
import { typedCsv } from "../parse/typed-csv";

const mvtName = "mvt-project/mvt-indicators";
const amnestyName = "AmnestyTech/investigations";
const mvt = githubRepository(mvtName);
const amnesty = githubRepository(amnestyName);
/** Bundles, and the lists of reports that have none; not names of processes, packages and files. */
const lists =
  /\.stix2$|\/(?:(?:v\d_)?(?:validation_)?domains|ips|ip-addresses|emails|samples|sha256)\.txt$|\/(?:sha256|indicators)\.csv$/;
const about = { threatType: "spyware" };

export const stixMvt: IndicatorSource = {
  kind: "indicators",
  id: "stix-mvt",
  name: "MVT spyware indicators",
  vendor: "MVT project",
  homepage: "https://github.com/mvt-project/mvt-indicators",
  category: "research",
  nature: "archive",
  undated: "2018-08-01",
  confidence: "high",
  tlp: "clear",
  reputation: 85,
  licence: {
    name: "MIT and CC BY 4.0, by repository",
    url: "https://github.com/mvt-project/mvt-indicators/blob/main/LICENSE",
    redistribution: "yes",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes:
    "values of the patterns of indicators, and of plain lists; malware of the bundle; process names and paths are refused",
  files: [
    { name: "mvt.json", url: mvt.tree },
    { name: "amnesty.json", url: amnesty.tree },
  ],
  layouts: [
    stixLayout(about),
    githubTree(mvt.raw, lists, { repo: mvtName }),
    githubTree(amnesty.raw, lists, { repo: amnestyName }),
    hashLayout(about),
    addressLayout(about),
    domainLayout(about),
    typedCsv(about),
  ],
};
