import type { SampleFeedId } from "../../values";

/** An article of the set; its age in days before the set was loaded. */
export type SampleArticle = { feedId: SampleFeedId; path: string; days: number; title: string; body: string };

/** Articles of the set; their indicators are those of its other feeds. */
export const sampleArticles: readonly SampleArticle[] = [
  {
    feedId: "tocsin-sample-research",
    path: "samplebot-moves-house",
    days: 1,
    title: "Sample: SampleBot moves its command servers to new addresses",
    body: `SampleBot is a botnet that exists in this sample set alone. Since last week its machines ask 192.0.2[.]10 and
relay.samplebot[.]example for commands, and fall back to 2001:db8:10::1 where IPv6 is there. The operators use web protocols
(T1071.001) and encrypt what they send (T1573).

Indicators of compromise:
192.0.2.10
192.0.2.17
relay.samplebot[.]example
hxxp://files.sample-downloads[.]example/get/1000.bin`,
  },
  {
    feedId: "tocsin-sample-research",
    path: "sample-downloads-campaign",
    days: 4,
    title: "Sample: a campaign of malicious documents delivers SampleStealer",
    body: `Documents that ask to enable macros (T1204.002) fetch a second stage from files.sample-downloads[.]example, which
reads passwords out of browsers. All names and addresses of this article are reserved for documentation.

Indicators of compromise:
files.sample-downloads[.]example
drop.sample-downloads[.]example
203.0.113.20
hxxp://files.sample-downloads[.]example/get/1037.bin`,
  },
  {
    feedId: "tocsin-sample-advisories",
    path: "critical-flaw-in-a-gateway",
    days: 2,
    title: "Sample: critical flaw CVE-2026-90001 in a remote access gateway is exploited",
    body: `The flaw CVE-2026-90001 allows remote code execution without a login, with a CVSS score of 9.8. It is being exploited in
the wild. Install the vendor's update at once, and look for sign-ins from unknown networks since the beginning of the month.
Hospitals and other organisations of the healthcare sector were hit first.`,
  },
  {
    feedId: "tocsin-sample-advisories",
    path: "two-flaws-in-a-mail-server",
    days: 9,
    title: "Sample: CVE-2026-90002 and CVE-2026-90003 in a mail server",
    body: `Two flaws, CVE-2026-90002 (CVSS 7.5) and CVE-2026-90003 (CVSS 5.3), let an attacker read mail of others. No exploitation
is known. Energy companies and banks that run the server themselves should update within a week.`,
  },
  {
    feedId: "tocsin-sample-research",
    path: "phishing-as-a-parcel",
    days: 6,
    title: "Sample: phishing that pretends to be a parcel",
    body: `Messages from parcel@northwind-bank-sample[.]example lead to a copy of a sign-in page (T1566.002).

Indicators of compromise:
parcel.northwind-bank-sample[.]example
login.northwind-bank-sample[.]example
parcel@northwind-bank-sample[.]example`,
  },
  {
    feedId: "tocsin-sample-research",
    path: "samplelock-year-in-review",
    days: 21,
    title: "Sample: SampleLock ransomware, a look back",
    body: `SampleLock is ransomware that this sample set made up. Over the year it was seen at manufacturing companies and schools; its
operators encrypt servers at night (T1486) and delete backups first (T1490).`,
  },
];
