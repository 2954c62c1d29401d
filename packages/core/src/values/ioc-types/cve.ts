import { accept, type IocTypeEntry, kinds, refuse } from "./entry";

export const cve: IocTypeEntry = {
  label: "CVE",
  inWords: "CVE id",
  example: "CVE-2026-12345",
  detection: { turn: 1, fits: (text) => /^CVE[-\u2010-\u2015\u2212]/i.test(text) },
  normalise: (raw) => {
    const value = raw.replace(/[\u2010-\u2015\u2212]/g, "-").toUpperCase();
    return /^CVE-[0-9]{4}-[0-9]{4,19}$/.test(value) ? accept(value) : refuse("not a CVE id (CVE-YYYY-NNNN…)");
  },
  defang: null,
  nature: "artefact",
  changesHands: false,
  random: false,
  lifetimeDays: null,
  recency: [
    { withinDays: 90, points: 20 },
    { withinDays: 365, points: 15 },
    { withinDays: 1_095, points: 10 },
    { withinDays: null, points: 5 },
  ],
  kindOf: () => kinds.cve,
};
