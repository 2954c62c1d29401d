// Lists of names to block, in the forms of resolvers and filters.
import type { Observation } from "@tocsin/core/values";
import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "./line-list";
import { type About, domainPattern } from "./plain-lists";
import { addressType } from "./said";

// hosts(5), with the names that every such file holds for the machine itself.
const machine = "localhost|localhost\\.localdomain|local|broadcasthost|ip6-\\w+|0\\.0\\.0\\.0";
const machineName = new RegExp(`^(?:${machine})$`, "i");
const hosts: ListForm = {
  comment: "#",
  line: new RegExp(
    `^(?:0\\.0\\.0\\.0|127\\.0\\.0\\.1|::1?)\\s+(?<domains>(?:(?:${machine})\\s+){0,5}${domainPattern}(?:\\s+[^\\s#]+)*)(?:\\s+#.*)?$`,
    "iu",
  ),
  problem: "not a line of a hosts file that blocks names",
  frame: new RegExp(`^[\\da-f.:%a-z]{2,40}(?:\\s+(?:${machine}))+(?:\\s+#.*)?$`, "i"),
};

/** Names that a hosts file sends nowhere, one or several a line. */
export function hostsLayout(about: About): Layout {
  return layoutOf("hosts file", hosts, (fields) => namesOf(about, fields("domains").split(/\s+/)));
}

// https://adguard-dns.io/kb/general/dns-filtering-syntax/: `||` is a name with all below it, `^` its end.
const adblock: ListForm = {
  comment: "#",
  line: /^\|\|(?<name>[^\s/^$|*]{1,300})\^(?:\|?(?:\$[\w,~=.|-]{0,1000})?)$/,
  problem: "not a filter that blocks one name",
  // Comments, the list's title, and exceptions.
  frame: /^(?:!|@@|\[ad)/i,
};

/** Names that a list of filters for ad blockers refuses: `||malware.example^`. */
export function adblockLayout(about: About): Layout {
  const { fits, ...layout } = layoutOf("adblock filters", adblock, (fields) => namesOf(about, [fields("name")]));
  return { ...layout, fits: (head) => fits(head.replace(/^[\s\ufeff]*\[ad[^\n]{0,200}\n/i, "")) };
}

// dnsmasq(8): names are parted by slashes; `server` and `local` without an address answer nothing.
const names = "[^\\s/]{1,300}(?:/[^\\s/]{1,300})*";
const dnsmasq: ListForm = {
  comment: "#",
  line: new RegExp(`^(?:address=/(?<names>${names})/[^\\s/]*|(?:server|local)=/(?<unanswered>${names})/)(?:\\s+#.*)?$`),
  problem: "not a line of dnsmasq that blocks names",
};

/** Names that dnsmasq answers itself: `address=/malware.example/0.0.0.0`. */
export function dnsmasqLayout(about: About): Layout {
  return layoutOf("dnsmasq configuration", dnsmasq, (fields) =>
    namesOf(about, fields("names", "unanswered").split("/")),
  );
}

// Response policy zones: https://datatracker.ietf.org/doc/html/draft-vixie-dnsop-dns-rpz-00
const rpz: ListForm = {
  comment: ";",
  line: new RegExp(
    `^(?:(?<trigger>[\\da-fz.]{3,80})\\.rpz-ip|(?:\\*\\.)?(?!\\S*\\.rpz-)(?<domain>${domainPattern}))\\s+` +
      // Answers nothing, stays silent, or leads to a page that warns; `rpz-passthru.` blocks nothing.
      `(?:\\d{1,9}\\s+)?(?:IN\\s+)?CNAME\\s+(?:\\*?\\.|rpz-drop\\.|(?!rpz-)${domainPattern})(?:\\s*;.*)?$`,
    "iu",
  ),
  problem: "not a rule that blocks one name or address",
  frame: /^(?:\$(?:TTL|ORIGIN)\s|\S{1,255}\s+(?:\d{1,9}\s+)?(?:IN\s+)?(?:SOA|NS)\s)/i,
};

/** Names for which a response policy zone answers nothing, alone or with all below them; addresses in its answers. */
export function rpzLayout(about: About): Layout {
  return layoutOf("response policy zone", rpz, (fields) => {
    const trigger = fields("trigger");
    if (trigger === "") return namesOf(about, [fields("domain")]);
    const value = addressOf(trigger.toLowerCase());
    return [{ ...about, value, type: addressType(value) }];
  });
}

/** RPZ §4.3: `24.0.100.51.198` is 198.51.100.0/24; of an IPv6 address `zz` stands for `::`. */
function addressOf(trigger: string): string {
  const [length = "", ...parts] = trigger.split(".");
  parts.reverse();
  const isV4 = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part));
  const address = isV4 ? parts.join(".") : parts.join(":").replace(/^zz:|:zz:|:zz$|^zz$/, "::");
  return length === (isV4 ? "32" : "128") ? address : `${address}/${length}`;
}

function layoutOf(
  name: string,
  form: ListForm,
  read: (fields: (...names: readonly string[]) => string) => readonly Observation[],
): Layout {
  return {
    name,
    fits: (head) => fitsList(head, form),
    read: (chunks, state) => readList(chunks, state, form, read),
  };
}

function namesOf(about: About, list: readonly string[]): Observation[] {
  return list
    .filter((name) => !machineName.test(name))
    .map((value) => ({ ...about, value, type: /^[\d.]+$/.test(value) ? addressType(value) : "domain" }));
}
