import { isTechnique } from "../technique";
import { accept, type IocTypeEntry, kinds, refuse } from "./entry";

export const mitreAttack: IocTypeEntry = {
  label: "ATT&CK",
  inWords: "ATT&CK id",
  example: "T1059.001",
  detection: { turn: 1, fits: (text) => /^(?:T[0-9]{4}(?:\.[0-9]{3})?|TA[0-9]{4}|[GS][0-9]{4})$/i.test(text) },
  normalise: (raw) => {
    const value = raw.toUpperCase();
    return /^(?:T[0-9]{4}(?:\.[0-9]{3})?|TA[0-9]{4}|[GSCM][0-9]{4})$/.test(value)
      ? accept(value)
      : refuse("not an ATT&CK id (T1059, T1059.001, TA0001, G0001, S0001)");
  },
  defang: null,
  nature: "artefact",
  changesHands: false,
  random: false,
  lifetimeDays: null,
  recency: [{ withinDays: null, points: 10 }],
  // STIX objects are made of techniques alone.
  kindOf: (value) => (isTechnique(value) ? kinds.technique : null),
};
