import type { Sample } from "./sample";

/** What the samples of other lists say. */
export const listSamples: readonly Sample[] = [
  {
    id: "malwarebazaar-md5",
    file: "malwarebazaar-md5.txt",
    layout: "hash list",
    says: [
      { value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", type: "md5", threatType: "malware" },
      { value: "11111111111111111111111111111111", type: "md5", threatType: "malware" },
    ],
  },
  {
    id: "phishing-database",
    file: "phishing-database-domains.txt",
    layout: "domain list",
    says: [
      { value: "login.bad.example", type: "domain", threatType: "phishing" },
      { value: "xn--bcher-kva.example", type: "domain", threatType: "phishing" },
      { value: "küche.bad.example", type: "domain", threatType: "phishing" },
    ],
  },
  {
    id: "phishing-database",
    file: "phishing-database-links.txt",
    layout: "URL list",
    says: [
      { value: "ftp://192.0.2.33/tv/view.html", type: "url", threatType: "phishing" },
      { value: "https://login.bad.example/?next=http://other.example/", type: "url", threatType: "phishing" },
    ],
  },
  {
    id: "malshare",
    file: "malshare.txt",
    layout: "MalShare hashes",
    says: [
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        threatType: "malware",
      },
      {
        value: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        type: "sha1",
        threatType: "malware",
        context: "SHA-256: cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
      },
      {
        value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        type: "md5",
        threatType: "malware",
        context: "SHA-256: cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
      },
      {
        value: "3333333333333333333333333333333333333333333333333333333333333333",
        type: "sha256",
        threatType: "malware",
      },
      {
        value: "2222222222222222222222222222222222222222",
        type: "sha1",
        threatType: "malware",
        context: "SHA-256: 3333333333333333333333333333333333333333333333333333333333333333",
      },
      {
        value: "11111111111111111111111111111111",
        type: "md5",
        threatType: "malware",
        context: "SHA-256: 3333333333333333333333333333333333333333333333333333333333333333",
      },
    ],
  },
  {
    id: "cybercrime-tracker",
    file: "cybercrime-tracker.txt",
    layout: "CyberCrime Tracker list",
    says: [
      { value: "panel.bad.example/gate/", threatType: "c2" },
      { value: "192.0.2.207/x/login.php", threatType: "c2" },
      { value: "http://bots.bad.example/a.php", threatType: "c2" },
    ],
  },
  {
    id: "vxvault",
    file: "vxvault.txt",
    layout: "VX Vault list",
    says: [
      { value: "http://192.0.2.149/offer/a.exe", type: "url", threatType: "malware_download" },
      { value: "https://files.bad.example/b c.exe", type: "url", threatType: "malware_download" },
    ],
  },
  {
    id: "ponmocup",
    file: "ponmocup.txt",
    layout: "Ponmocup list",
    says: [
      {
        value: "go.bad.example",
        type: "domain",
        threatType: "malware",
        malwareFamily: "Ponmocup",
        context: "infected site: www.victim.example",
      },
      {
        value: "http://go.bad.example/url",
        type: "url",
        threatType: "malware",
        malwareFamily: "Ponmocup",
        context: "infected site: www.victim.example",
      },
      {
        value: "to.bad.example",
        type: "domain",
        threatType: "malware",
        malwareFamily: "Ponmocup",
        context: "infected site: site.victim.example",
      },
      {
        value: "http://to.bad.example/cgi-bin/r.cgi",
        type: "url",
        threatType: "malware",
        malwareFamily: "Ponmocup",
        context: "infected site: site.victim.example",
      },
      {
        value: "192.0.2.20",
        type: "ipv4",
        threatType: "malware",
        malwareFamily: "Ponmocup",
        context: "infected site: site.victim.example",
      },
    ],
  },
  {
    id: "maltrail",
    file: "maltrail.txt",
    layout: "Maltrail trails",
    says: [
      {
        value: "www.bad.example",
        type: "domain",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "aliases: Example, Sample",
      },
      {
        value: "mail.bad.example:8443",
        type: "domain",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "aliases: Example, Sample",
      },
      {
        value: "192.0.2.178:443",
        type: "ipv4",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "aliases: Example, Sample",
      },
      {
        value: "http://198.51.100.247",
        type: "url",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "aliases: Example, Sample",
      },
      {
        value: "board.bad.example/x/F.php",
        type: "url",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "aliases: Example, Sample",
      },
      {
        value: "203.0.113.12",
        type: "ipv4",
        confidence: "low",
        threatType: "scanner",
        referenceUrl: "https://other.example/",
        context: "aliases: Example, Sample; note: pinger1.scanner.example",
      },
      {
        value: "[2001:db8::7]:443",
        type: "ipv6",
        threatType: "malware",
        referenceUrl: "https://other.example/",
        context: "aliases: Example, Sample",
      },
    ],
  },
  {
    id: "signature-base",
    file: "signature-base-c2.txt",
    layout: "LOKI C2 servers",
    says: [
      {
        value: "c2.bad.example",
        type: "domain",
        threatType: "c2",
        referenceUrl: "https://blog.example/snow",
        context: "campaign: Operation Example https://blog.example/snow",
      },
      {
        value: "192.0.2.244",
        type: "ipv4",
        threatType: "c2",
        referenceUrl: "https://blog.example/snow",
        context: "campaign: Operation Example https://blog.example/snow",
      },
      { value: "www[.]bad.example", type: "domain", threatType: "c2", context: "campaign: Second report" },
    ],
  },
  {
    id: "signature-base",
    file: "signature-base-hashes.txt",
    layout: "LOKI hashes",
    says: [
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        threatType: "malware",
        referenceUrl: "https://blog.example/report",
        context: "note: Dark Example - https://blog.example/report",
      },
      {
        value: "2222222222222222222222222222222222222222",
        type: "sha1",
        threatType: "malware",
        context: "note: Some APT",
      },
      { value: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", type: "md5", threatType: "malware" },
    ],
  },
  {
    id: "stalkerware",
    file: "stalkerware.yaml",
    layout: "Stalkerware YAML",
    says: [
      { value: "spy.bad.example", type: "domain", threatType: "stalkerware", malwareFamily: "ExampleSpy" },
      { value: "192.0.2.61", type: "ipv4", threatType: "stalkerware", malwareFamily: "ExampleSpy" },
      { value: "api.bad.example", type: "domain", threatType: "stalkerware", malwareFamily: "ExampleSpy" },
      { value: "get.bad.example", type: "domain", threatType: "stalkerware", malwareFamily: "Other Spy" },
      { value: "https://code.bad.example/spy", type: "url", threatType: "stalkerware", malwareFamily: "Other Spy" },
      { value: "192.0.2.62", type: "ipv4", threatType: "stalkerware", malwareFamily: "Other Spy" },
    ],
  },
  {
    id: "tweetfeed-blocklists",
    file: "tweetfeed-blocklists-hosts.txt",
    layout: "hosts file",
    says: [
      { value: "login.bad.example", type: "domain" },
      { value: "shop.bad.example", type: "domain" },
    ],
  },
  {
    id: "tweetfeed-blocklists",
    file: "tweetfeed-blocklists-rpz.txt",
    layout: "response policy zone",
    says: [
      { value: "login.bad.example", type: "domain" },
      { value: "login.bad.example", type: "domain" },
    ],
  },
  {
    id: "tweetfeed-blocklists",
    file: "tweetfeed-blocklists-urls.txt",
    layout: "URL list",
    says: [
      { value: "http://login.bad.example", type: "url" },
      { value: "https://shop.bad.example/a?b=c", type: "url" },
    ],
  },
  {
    id: "talos-iocs",
    file: "talos-iocs-domains.txt",
    layout: "domain list",
    says: [
      { value: "c2.bad.example", type: "domain", threatType: "malware" },
      { value: "get.bad.example", type: "domain", threatType: "malware" },
    ],
  },
  {
    id: "talos-iocs",
    file: "talos-iocs-hashes.txt",
    layout: "hash list",
    says: [
      {
        value: "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        type: "sha256",
        threatType: "malware",
      },
      {
        value: "3333333333333333333333333333333333333333333333333333333333333333",
        type: "sha256",
        threatType: "malware",
      },
    ],
  },
  {
    id: "talos-iocs",
    file: "talos-iocs-urls.txt",
    layout: "URL list",
    says: [
      { value: "http://192.0.2.71/a", type: "url", threatType: "malware" },
      { value: "https://bad.example/b", type: "url", threatType: "malware" },
    ],
  },
];
