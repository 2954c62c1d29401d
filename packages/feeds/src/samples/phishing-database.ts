import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "phishing-database-ips.txt",
    layout: "address list",
    says: [
      { value: "192.0.2.40", type: "ipv4", threatType: "phishing" },
      { value: "198.51.100.40", type: "ipv4", threatType: "phishing" },
    ],
  },
  {
    file: "phishing-database-domains.txt",
    layout: "domain list",
    says: [
      { value: "login.bad.example", type: "domain", threatType: "phishing" },
      { value: "xn--bcher-kva.example", type: "domain", threatType: "phishing" },
      { value: "küche.bad.example", type: "domain", threatType: "phishing" },
    ],
  },
  {
    file: "phishing-database-links.txt",
    layout: "URL list",
    says: [
      { value: "ftp://192.0.2.33/tv/view.html", type: "url", threatType: "phishing" },
      { value: "https://login.bad.example/?next=http://other.example/", type: "url", threatType: "phishing" },
    ],
  },
];
