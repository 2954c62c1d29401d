import { hostOfUrl, isPublicAddress, parseAddress } from "../values";

/** Of a URL that something is sent to or fetched from, in characters. */
const longest = 2_048;

/** Why notices cannot be sent to this URL, as far as its text tells; null where they can. */
export function targetProblem(text: string, { privateTargets }: { privateTargets: boolean }): string | null {
  // The parser takes time by the square of a host in other scripts.
  if (text.length > longest) return `is longer than ${longest} characters`;
  if (!URL.canParse(text)) return "is not a URL";
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "must begin with https://";
  if (url.username !== "" || url.password !== "") return "must not hold a user name or password";
  if (privateTargets) return null;
  if (url.protocol !== "https:") return "must begin with https://";
  const host = hostOfUrl(url);
  if (host === "localhost" || host.endsWith(".localhost")) return "leads to this machine";
  if (parseAddress(host) && !isPublicAddress(host)) return "leads to an address that is not on the open internet";
  return null;
}
