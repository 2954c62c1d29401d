import { type ListTerms, megabyte, type WarninglistSource } from "../definition/feed";
import { fitsWarninglist } from "../parse/misp-warninglist";

/** The listed thing as a whole; what others put on it may be as bad as anything. */
const hide: ListTerms = { effect: "hide", urls: "root" };
/** Nobody but its owner puts anything on a listed address. */
const hideAll: ListTerms = { effect: "hide", urls: "any" };
/** What anybody can rent or use may be as bad as anything. */
const note: ListTerms = { effect: "note", urls: "none" };
/** Places where anybody has names or pages: said of each of them. */
const noteBelow: ListTerms = { effect: "note", urls: "any" };

/** Those of MISP's lists that are taken, and what each of them means for an indicator. */
const lists: Readonly<Record<string, ListTerms>> = {
  "public-dns-v4": hideAll,
  "public-dns-v6": hideAll,
  "public-dns-hostname": hide,
  cloudflare: hide,
  fastly: hide,
  google: hide,
  "google-gmail-sending-ips": hide,
  googlebot: hide,
  "microsoft-office365": hide,
  "microsoft-office365-ip": hide,
  "microsoft-attack-simulator": hide,
  "microsoft-win10-connection-endpoints": hide,
  "crl-hostname": hide,
  "crl-ip": hideAll,
  "captive-portals": hide,
  "whats-my-ip": hide,
  "automated-malware-analysis": hide,
  "security-provider-blogpost": hide,
  "url-shortener": hide,
  "link-in-bio": hide,
  "public-ipfs-gateways": hide,
  "second-level-tlds": hide,
  tranco10k: hide,
  cisco_top10k: hide,
  wikimedia: hide,
  "bank-website": hide,
  sinkholes: hideAll,
  "empty-hashes": hide,
  "common-ioc-false-positive": hide,
  "nioc-filehash": hide,
  "ti-falsepositives": hide,
  rfc1918: hideAll,
  rfc5735: hideAll,
  multicast: hideAll,
  // Linode's rented machines stand in it too.
  akamai: note,
  stackpath: note,
  "amazon-aws": note,
  "google-gcp": note,
  "microsoft-azure": note,
  digitalocean: note,
  "ovh-cluster": note,
  "vpn-ipv4": note,
  "vpn-ipv6": note,
  "parking-domain": note,
  "dynamic-dns": noteBelow,
  "lots-project": noteBelow,
};
const [first = "", ...others] = Object.keys(lists).filter(
  // Nothing private or reserved is ever stored.
  (name) => !["rfc1918", "rfc5735", "multicast"].includes(name),
);

const fileOf = (name: string) => ({
  name: `${name}.json`,
  url: `https://raw.githubusercontent.com/MISP/misp-warninglists/main/lists/${name}/list.json`,
});

export const mispWarninglists: WarninglistSource = {
  kind: "warninglists",
  id: "misp-warninglists",
  name: "MISP warninglists",
  vendor: "MISP project",
  homepage: "https://github.com/MISP/misp-warninglists",
  category: "community",
  nature: "list",
  confidence: "low",
  tlp: "clear",
  licence: {
    name: "CC0-1.0, or 2-clause BSD",
    url: "https://github.com/MISP/misp-warninglists/blob/main/README.md",
    redistribution: "yes",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 32 * megabyte,
  answered: "2026-08",
  takes: "lists of what is most probably harmless ([docs/warninglists.md](warninglists.md))",
  files: [fileOf(first), ...others.map(fileOf)],
  layouts: [{ name: "MISP warninglist", fits: fitsWarninglist }],
  // A list that nobody here has looked at yet casts no doubt on anything.
  termsOf: (name) => lists[name] ?? note,
};
