// Sigma specification 2.1: log sources, and the fields that their events have.
import type { IocRecord } from "@tocsin/core/iocs";
import { type IocType, loggedUrls } from "@tocsin/core/values";
import { type TypeWords, vocabulary } from "../vocabulary";
import { sigmaValue } from "./quote";

export type LogSource = {
  readonly logsource: { readonly category: string; readonly product?: string };
  readonly tactic: string;
  readonly falsePositives: string;
  /** Of a rule for many values. */
  readonly groupTitle: string;
  readonly groupDescription: string;
};

export const sources = {
  network: {
    logsource: { category: "network_connection", product: "windows" },
    tactic: "command-and-control",
    falsePositives: "Shared hosting or an address that has changed hands since it was reported",
    groupTitle: "Network Connection To Reported Address",
    groupDescription: "A process opened a connection to an address that threat intelligence names as malicious.",
  },
  dns: {
    logsource: { category: "dns" },
    tactic: "command-and-control",
    falsePositives: "Security tools and mail gateways that resolve names in what they inspect",
    groupTitle: "DNS Query For Reported Domain",
    groupDescription: "A host asked for a domain, or a name below it, that threat intelligence names as malicious.",
  },
  proxy: {
    logsource: { category: "proxy" },
    tactic: "command-and-control",
    falsePositives: "Analysts and sandboxes that open reported addresses on purpose",
    groupTitle: "Web Request To Reported URL",
    groupDescription: "A client asked the proxy for a URL that threat intelligence names as malicious.",
  },
  process: {
    logsource: { category: "process_creation", product: "windows" },
    tactic: "execution",
    falsePositives: "Legitimate tools that intruders use too, such as remote administration software",
    groupTitle: "Process Start Of Reported File",
    groupDescription: "A process started from a file whose hash threat intelligence names as malicious.",
  },
} as const satisfies Record<string, LogSource>;

export type SourceName = keyof typeof sources;

/** One value as a rule looks for it: fields with their modifiers, any of which may match. */
export type Sighted = {
  readonly source: SourceName;
  readonly title: string;
  readonly description: string;
  readonly selections: ReadonlyArray<readonly [field: string, value: string]>;
};

/** What a rule looks for, or null for a type that no log source shows. */
export function sightedOf({ type, value }: Pick<IocRecord, "type" | "value">): Sighted | null {
  const { sigma } = vocabulary[type];
  return sigma === null ? null : shown[sigma](type, value);
}

const shown: Readonly<Record<NonNullable<TypeWords["sigma"]>, (type: IocType, value: string) => Sighted>> = {
  address,
  file,
  domain: (_type, value) => ({
    source: "dns",
    title: `DNS Query For ${value}`,
    description: `A host asked for ${value} or a name below it.`,
    selections: [
      ["QueryName", sigmaValue(value)],
      ["QueryName|endswith", sigmaValue(`.${value}`)],
    ],
  }),
  url: (_type, value) => ({
    source: "proxy",
    title: `Web Request To ${value}`,
    description: `A client asked the proxy for ${value}.`,
    selections: loggedUrls(value).map((url) => ["c-uri", sigmaValue(url)]),
  }),
};

function address(type: IocType, value: string): Sighted {
  const network = value.includes("/");
  // Logs write an IPv6 address in many ways; only a comparison as a network knows them all.
  const cidr = network ? value : type === "ipv6" ? `${value}/128` : null;
  return {
    source: "network",
    title: `Network Connection To ${network ? "Network" : "Address"} ${value}`,
    description: `A process opened a connection to ${value}.`,
    selections: [cidr === null ? ["DestinationIp", value] : ["DestinationIp|cidr", cidr]],
  };
}

function file(type: IocType, value: string): Sighted {
  return {
    source: "process",
    title: `Process Start Of File With ${type.toUpperCase()} ${value}`,
    description: `A process started from the file with the ${type.toUpperCase()} ${value}.`,
    selections: [["Hashes|contains", `${type.toUpperCase()}=${value.toUpperCase()}`]],
  };
}
