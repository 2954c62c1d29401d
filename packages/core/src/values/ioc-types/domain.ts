import { normaliseDomain } from "../web-address";
import { type IocTypeEntry, kinds } from "./entry";

export const domain: IocTypeEntry = {
  label: "Domain",
  inWords: "domain",
  example: "malware.example",
  detection: { turn: 5, fits: (text) => hasInnerDot(text) && /^[^\s/?#:]+$/u.test(text) },
  normalise: normaliseDomain,
  defang: (value) => value.replaceAll(".", "[.]"),
  nature: "name",
  changesHands: true,
  random: false,
  lifetimeDays: 90,
  recency: [
    { withinDays: 7, points: 20 },
    { withinDays: 30, points: 15 },
    { withinDays: 60, points: 10 },
    { withinDays: 90, points: 5 },
  ],
  kindOf: () => kinds.web,
};

/** Whether a dot stands between two characters; a pattern that says so looks for its end from every dot. */
function hasInnerDot(text: string): boolean {
  const dot = text.indexOf(".", 1);
  return dot > 0 && dot < text.length - 1;
}
