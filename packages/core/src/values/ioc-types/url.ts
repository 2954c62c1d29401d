import { normaliseUrl } from "../web-address";
import { type IocTypeEntry, kinds } from "./entry";

export const url: IocTypeEntry = {
  label: "URL",
  inWords: "URL",
  example: "http://malware.example/x",
  detection: {
    turn: 3,
    // With its scheme, or a host with something behind it.
    fits: (text) => /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[^\s/?#:@]+(?::[0-9]+)?[/?#]/u.test(text),
  },
  normalise: normaliseUrl,
  defang,
  nature: "hosted",
  changesHands: true,
  random: false,
  lifetimeDays: 60,
  recency: [
    { withinDays: 2, points: 20 },
    { withinDays: 7, points: 15 },
    { withinDays: 30, points: 10 },
    { withinDays: 60, points: 5 },
  ],
  kindOf: () => kinds.web,
};

function defang(value: string): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(value);
  if (!parts) return value.replaceAll(".", "[.]");
  const [, scheme = "", host = "", rest = ""] = parts;
  const safeHost = host.startsWith("[") ? host : host.replaceAll(".", "[.]");
  return `${scheme.replace(/^http/i, "hxxp").replace(/^ftp/i, "fxp")}://${safeHost}${rest}`;
}
