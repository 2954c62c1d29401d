import { normaliseDomain } from "../web-address";
import { accept, type Canonical, type IocTypeEntry, kinds, refuse } from "./entry";

export const email: IocTypeEntry = {
  label: "Email",
  inWords: "e-mail address",
  example: "billing@malware.example",
  detection: { turn: 4, fits: (text) => text.includes("@") },
  normalise,
  defang: (value) => value.replaceAll("@", "[@]").replaceAll(".", "[.]"),
  nature: "hosted",
  changesHands: false,
  random: false,
  lifetimeDays: 180,
  recency: [
    { withinDays: 14, points: 20 },
    { withinDays: 60, points: 15 },
    { withinDays: 120, points: 10 },
    { withinDays: 180, points: 5 },
  ],
  kindOf: () => kinds.email,
};

function normalise(raw: string): Canonical {
  const at = raw.lastIndexOf("@");
  const local = raw.slice(0, Math.max(at, 0));
  if (!/^[^\s@<>()[\]\\,;:"]{1,64}$/u.test(local)) return refuse("not an e-mail address");
  const host = normaliseDomain(raw.slice(at + 1));
  if (!host.ok) return refuse(`not an e-mail address: ${host.problem}`);
  return accept(`${local}@${host.value}`);
}
