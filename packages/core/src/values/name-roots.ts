import { parse } from "tldts";

/** Top-level names outside of the public suffix list that malware is reached by: Tor, I2P, and roots of other name systems. */
export const alternativeRoots: ReadonlySet<string> = new Set(
  `onion i2p exit bit bazar emc coin lib chan libre geek pirate dyn oss null parody gopher indy neo fur epic ku te ti uu ygg loki eth
  crypto zil nft wallet blockchain bitcoin dao hns sol`.split(/\s+/),
);

/** Set aside for documents and tests (RFC 2606): samples are written with them. */
export const documentationRoots: ReadonlySet<string> = new Set(["example", "test"]);

// Names for use inside a network: RFC 6761, 6762, 8375 and their registry, and what ICANN has set aside.
const specialUse =
  /(?:^|\.)(?:localhost|local|localdomain|internal|invalid|home\.arpa|in-addr\.arpa|ip6\.arpa|lan|intranet|private|corp|home)$/;

const fileEnding =
  /\.(?:exe|dll|sys|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|hta|lnk|jar|apk|elf|bin|iso|img|docx?|docm|xlsx?|xlsm|pptx?|rtf|pdf|txt|csv|json|xml|log|dat|tmp|html?|php|aspx?|jsp|png|jpe?g|gif|rar|7z|gz|tar)$/;

/** Why a name in lower-case ASCII is no domain that somebody can be reached by; null for one that is. */
export function rootProblem(name: string): string | null {
  if (specialUse.test(name)) return "names for use inside a network are never IOCs";
  const root = name.slice(name.lastIndexOf(".") + 1);
  if (alternativeRoots.has(root) || documentationRoots.has(root)) return null;
  if (parse(name, { allowPrivateDomains: false, extractHostname: false, validateHostname: false }).isIcann) return null;
  return fileEnding.test(name)
    ? `it looks like the name of a file: .${root} is no top-level domain`
    : `.${root.slice(0, 63)} is no top-level domain`;
}
