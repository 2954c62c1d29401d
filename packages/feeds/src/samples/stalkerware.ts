import type { FeedSamples } from "./sample";

export const samples: FeedSamples = [
  {
    file: "stalkerware.csv",
    layout: "Stalkerware CSV",
    says: [
      { value: "spy.bad.example", type: "domain", threatType: "stalkerware", malwareFamily: "ExampleSpy" },
      { value: "192.0.2.61", type: "ipv4", threatType: "stalkerware", malwareFamily: "ExampleSpy" },
    ],
  },
  {
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
];
