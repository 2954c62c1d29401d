// One thing that sources write in several ways, each stored under its own id: URLs by RFC 3986 sections 3.5 and 6.2.3 (a fragment
// is not sent, an empty path is `/`), mailboxes by RFC 5321 section 2.4 (hardly a mail service minds the case of local parts).
import type { IocType } from "./ioc-types";
import { requestUrl } from "./request-url";

/** The plainest way to write a normalised value: a URL as it is asked for, a mailbox in lower case. Others have one way. */
export function plainForm(type: IocType, value: string): string {
  if (type === "url") return requestUrl(value);
  return type === "email" ? value.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : value;
}

/** The plain forms under which a value may be stored: with the slash of an empty path, and without; none where it has one way. */
export function plainForms(type: IocType, value: string): string[] {
  if (type !== "url" && type !== "email") return [];
  const plain = plainForm(type, value);
  const [, site, query = ""] = frontPage.exec(plain) ?? [];
  const bare = `${site}${query}`;
  return type === "url" && site !== undefined && requestUrl(bare) === plain ? [plain, bare] : [plain];
}

/**
 * How two values of one plain form belong together: `same`, or `fragment` where a fragment tells them apart on the front page
 * of a site, which may show something else by each (`https://files.example/#!a`).
 */
export function samenessOf(type: IocType, one: string, other: string): "same" | "fragment" {
  if (type !== "url" || fragmentOf(one) === fragmentOf(other)) return "same";
  return frontPage.exec(plainForm(type, one))?.[2] === "" ? "fragment" : "same";
}

/** The site, and the query. */
const frontPage = /^([a-z]+:\/\/[^/?#\\]*)\/((?:\?.*)?)$/su;

function fragmentOf(value: string): string {
  const at = value.indexOf("#");
  return at < 0 ? "" : value.slice(at + 1);
}
