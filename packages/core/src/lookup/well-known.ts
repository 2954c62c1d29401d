// Values that feeds report by mistake again and again, and that nobody should block.
import type { IocType } from "../iocs/observation";
import { hostOf } from "./host-of";

const emptyFile = "the hash of an empty file, which many harmless files share";
const resolver = "a public DNS resolver, which malware and everybody else use";
const platform = "a platform with countless innocent users; act on the full URL, never on the host";

/** Normalised values and why each is harmless, to be read after "is". */
export const wellKnown: ReadonlyMap<string, string> = new Map([
  ...[
    "d41d8cd98f00b204e9800998ecf8427e",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
  ].map((hash) => [hash, emptyFile] as const),
  ...[
    "1.0.0.1",
    "1.1.1.1",
    "8.8.4.4",
    "8.8.8.8",
    "9.9.9.9",
    "149.112.112.112",
    "208.67.220.220",
    "208.67.222.222",
    "2001:4860:4860::8844",
    "2001:4860:4860::8888",
    "2606:4700:4700::1001",
    "2606:4700:4700::1111",
    "2620:fe::fe",
  ].map((address) => [address, resolver] as const),
  ...[
    "bitbucket.org",
    "cdn.discordapp.com",
    "discord.com",
    "docs.google.com",
    "drive.google.com",
    "dropbox.com",
    "facebook.com",
    "github.com",
    "gitlab.com",
    "google.com",
    "microsoft.com",
    "onedrive.live.com",
    "pastebin.com",
    "raw.githubusercontent.com",
    "t.me",
    "www.dropbox.com",
    "www.facebook.com",
    "www.google.com",
    "www.microsoft.com",
    "www.youtube.com",
    "youtube.com",
  ].map((domain) => [domain, platform] as const),
]);

/** Why a normalised value, or the host of a URL, is probably a false positive; null when nothing speaks for that. */
export function falsePositiveOf(type: IocType, value: string): string | null {
  const named = type === "url" ? hostOf(value) : value;
  const why = named === null ? undefined : wellKnown.get(named);
  return why === undefined ? null : `${named} is ${why}.`;
}
