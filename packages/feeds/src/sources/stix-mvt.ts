import { type IndicatorSource, megabyte } from "../definition/feed";
import { stixLayout } from "../parse/stix";

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
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  takes: "values of the patterns of indicators; malware of the bundle; process names and paths are refused",
  files: [
    {
      name: "pegasus.stix2",
      url: "https://raw.githubusercontent.com/AmnestyTech/investigations/master/2021-07-18_nso/pegasus.stix2",
    },
    {
      name: "cytrox.stix2",
      url: "https://raw.githubusercontent.com/AmnestyTech/investigations/master/2021-12-16_cytrox/cytrox.stix2",
    },
    {
      name: "malware.stix2",
      url: "https://raw.githubusercontent.com/AmnestyTech/investigations/master/2023-03-29_android_campaign/malware.stix2",
    },
    {
      name: "rcs.stix2",
      url: "https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/2022-06-23_rcs_lab/rcs.stix2",
    },
    {
      name: "kingspawn.stix2",
      url: "https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/2023-04-11_quadream/kingspawn.stix2",
    },
    {
      name: "wyrmspy_dragonegg.stix2",
      url: "https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/2023-07-25_wyrmspy_dragonegg/wyrmspy_dragonegg.stix2",
    },
    {
      name: "predator.stix2",
      url: "https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/intellexa_predator/predator.stix2",
    },
    {
      name: "paragon_graphite_jun2025.stix2",
      url: "https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/2025-06-12_Paragon_iOS/paragon_graphite_jun2025.stix2",
    },
    {
      name: "coruna.stix2",
      url: "https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/2026-03-03_coruna_cryptowaters/coruna.stix2",
    },
    {
      name: "darksword.stix2",
      url: "https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/2026-03-30_darksword/darksword.stix2",
    },
    {
      name: "spyrtacus.stix2",
      url: "https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/2026-04-09_sio_spyrtacus/spyrtacus.stix2",
    },
    {
      name: "morpheus.stix2",
      url: "https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/2026-04-23_ips_morpheus/morpheus.stix2",
    },
    {
      name: "btmob.stix2",
      url: "https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/2026-05-26_btmob/btmob.stix2",
    },
  ],
  layouts: [stixLayout({ threatType: "spyware" })],
};
