import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "./line-list";
import { type About, domainPattern } from "./plain-lists";

// hosts(5), with the names that every such file holds for the machine itself.
const hosts: ListForm = {
  comment: "#",
  line: new RegExp(`^(?:0\\.0\\.0\\.0|127\\.0\\.0\\.1|::1?)\\s+(?<domain>${domainPattern})(?:\\s+#.*)?$`, "iu"),
  problem: "not a line of a hosts file that blocks one name",
  frame: /^[\da-f.:%a-z]{2,40}\s+(?:localhost|localhost\.localdomain|local|broadcasthost|ip6-\w+|0\.0\.0\.0)$/i,
};

/** Names that a hosts file sends nowhere. */
export function hostsLayout(about: About): Layout {
  return {
    name: "hosts file",
    fits: (head) => fitsList(head, hosts),
    read: (chunks, state) =>
      readList(chunks, state, hosts, (fields) => [{ ...about, value: fields("domain"), type: "domain" }]),
  };
}

// Response policy zones: https://datatracker.ietf.org/doc/html/draft-vixie-dnsop-dns-rpz-00
const rpz: ListForm = {
  comment: ";",
  line: new RegExp(
    `^(?<wild>\\*\\.)?(?<domain>${domainPattern})\\s+(?:\\d{1,9}\\s+)?(?:IN\\s+)?CNAME\\s+(?:\\*?\\.|rpz-drop\\.)(?:\\s*;.*)?$`,
    "iu",
  ),
  problem: "not a rule that blocks one name",
  frame: /^(?:\$(?:TTL|ORIGIN)\s|\S{1,255}\s+(?:\d{1,9}\s+)?(?:IN\s+)?(?:SOA|NS)\s)/i,
};

/** Names for which a response policy zone answers nothing: these only, or all names under them too. */
export function rpzLayout(about: About): Layout {
  return {
    name: "response policy zone",
    fits: (head) => fitsList(head, rpz),
    read: (chunks, state) =>
      readList(chunks, state, rpz, (fields) => [{ ...about, value: fields("domain"), type: "domain" }]),
  };
}
