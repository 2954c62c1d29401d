import { hostOf, loggedUrls } from "../values";
import type { Hunt } from "./hunting";
import { esqlString, kqlString, sigmaString, splString } from "./literals";
import { esqlQuery, kqlQuery, splQuery, type Table } from "./queries";

/** An address, or a network written with its prefix length. */
export function huntAddress(type: "ipv4" | "ipv6", value: string): Hunt {
  const network = value.includes("/");
  // Logs write an IPv6 address in many ways; only a comparison as a network knows them all.
  const loose = network || type === "ipv6";
  const cidr = network ? value : `${value}/${type === "ipv4" ? 32 : 128}`;
  // Sockets that serve both families log an IPv4 address in its IPv6 form.
  const inRange = (column: string) =>
    type === "ipv6"
      ? `ipv6_is_in_range(${column}, ioc)`
      : network
        ? `ipv4_is_in_range(replace_string(${column}, "::ffff:", ""), ioc)`
        : `${column} in (ioc, strcat("::ffff:", ioc))`;
  const spl = splString(loose ? cidr : value);
  const direct = ["src", "src_ip", "dest", "dest_ip"].map((field) => `${field}=${spl}`).join(" OR ");
  const ranged = ["src", "dest"].map((side) => `cidrmatch(${spl}, coalesce(${side}_ip, ${side}))`).join(" OR ");
  const esql = (field: string) =>
    loose ? `CIDR_MATCH(${field}, ${esqlString(cidr)})` : `${field} == TO_IP(${esqlString(value)})`;
  const what = network ? "any address of the network" : "the address";
  return {
    guidance:
      `Look in firewall, proxy, NetFlow and endpoint network logs for traffic with ${what}. An outbound connection that was ` +
      "allowed, above all one that repeats at even intervals, points to an infected host: find the process that opened it. " +
      "Inbound hits that were blocked are mostly scanning." +
      (network ? " A network has innocent tenants too, so confirm each hit with a second sign." : ""),
    splunk: loose ? splQuery("tag=network tag=communicate", ranged) : splQuery(`(${direct})`),
    kql: kqlQuery(
      [`ioc = ${kqlString(loose ? cidr : value)}`],
      [
        {
          name: "DeviceNetworkEvents",
          time: "Timestamp",
          steps: [`where ${inRange("RemoteIP")}`],
          device: "DeviceName",
          account: "InitiatingProcessAccountName",
          detail: 'strcat(ActionType, " ", RemoteIP, ":", RemotePort, " ", InitiatingProcessCommandLine)',
        },
        {
          name: "CommonSecurityLog",
          time: "TimeGenerated",
          steps: [`where ${inRange("DestinationIP")} or ${inRange("SourceIP")}`],
          device: "Computer",
          account: "SourceUserName",
          detail: 'strcat(DeviceAction, " ", SourceIP, " > ", DestinationIP, ":", DestinationPort)',
        },
        {
          name: "SigninLogs",
          time: "TimeGenerated",
          steps: [`where ${inRange("IPAddress")}`],
          device: "tostring(DeviceDetail.displayName)",
          account: "UserPrincipalName",
          detail: 'strcat(AppDisplayName, " ", IPAddress, " ", ResultType)',
        },
      ],
    ),
    esql: esqlQuery("logs-*", [`WHERE ${esql("source.ip")} OR ${esql("destination.ip")}`], "host.name"),
    rule: {
      title: `Network Connection To ${network ? "Network" : "Address"} ${value}`,
      description: `A process opened a connection to ${value}.`,
      logsource: { category: "network_connection", product: "windows" },
      selections: [loose ? ["DestinationIp|cidr", cidr] : ["DestinationIp", value]],
      falsePositives: "Shared hosting or an address that has changed hands since it was reported",
      tactic: "command-and-control",
    },
  };
}

const domainHost = (text: string) => [
  `extend Host = trim_end(@"\\.", tolower(${text}))`,
  'where Host == ioc or Host endswith strcat(".", ioc)',
];

/** Tables that hold names of hosts, which are compared without their last dot. */
const domainTables: readonly Table[] = [
  {
    name: "DeviceNetworkEvents",
    time: "Timestamp",
    steps: [
      "where RemoteUrl has ioc",
      ...domainHost('iff(RemoteUrl has "://", tostring(parse_url(RemoteUrl).Host), RemoteUrl)'),
    ],
    device: "DeviceName",
    account: "InitiatingProcessAccountName",
    detail: 'strcat(RemoteUrl, " ", InitiatingProcessCommandLine)',
  },
  {
    name: "DeviceEvents",
    time: "Timestamp",
    steps: [
      'where ActionType == "DnsQueryResponse" and AdditionalFields has ioc',
      ...domainHost("tostring(parse_json(tostring(AdditionalFields)).DnsQueryString)"),
    ],
    device: "DeviceName",
    account: "InitiatingProcessAccountName",
    detail: 'strcat(Host, " ", InitiatingProcessCommandLine)',
  },
  {
    name: "DnsEvents",
    time: "TimeGenerated",
    steps: domainHost("Name"),
    device: "Computer",
    account: "ClientIP",
    detail: 'strcat(Name, " ", QueryType, " ", IPAddresses)',
  },
  {
    name: "EmailUrlInfo",
    time: "Timestamp",
    steps: domainHost("UrlDomain"),
    device: '""',
    account: "NetworkMessageId",
    detail: "Url",
  },
  {
    name: "CommonSecurityLog",
    time: "TimeGenerated",
    steps: domainHost("DestinationHostName"),
    device: "Computer",
    account: "SourceUserName",
    detail: 'strcat(DeviceAction, " ", SourceIP, " ", RequestURL)',
  },
];

export function huntDomain(value: string): Hunt {
  const spl = ["query", "url_domain", "dest"]
    .flatMap((field) => [`${field}=${splString(value)}`, `${field}=${splString(`*.${value}`)}`])
    .join(" OR ");
  const esql = ["dns.question.name", "url.domain"]
    .flatMap((field) => [
      `TO_LOWER(${field}) == ${esqlString(value)}`,
      `ENDS_WITH(TO_LOWER(${field}), ${esqlString(`.${value}`)})`,
    ])
    .join(" OR ");
  return {
    guidance:
      "Look in DNS, proxy and TLS logs for the domain and every name below it. A lookup that was answered tells which host " +
      "asked; proxy or firewall logs of the next seconds tell whether it then connected. A resolver or mail gateway that asks " +
      "on behalf of others is not the host you are after: follow the query to its first client.",
    splunk: splQuery(`(${spl})`),
    kql: kqlQuery([`ioc = ${kqlString(value)}`], domainTables),
    esql: esqlQuery("logs-*", [`WHERE ${esql}`], "host.name"),
    rule: {
      title: `DNS Query For ${value}`,
      description: `A host asked for ${value} or a name below it.`,
      logsource: { category: "dns" },
      selections: [
        ["QueryName", sigmaString(value)],
        ["QueryName|endswith", sigmaString(`.${value}`)],
      ],
      falsePositives: "Security tools and mail gateways that resolve names in what they inspect",
      tactic: "command-and-control",
    },
  };
}

export function huntUrl(value: string): Hunt {
  const host = hostOf(value) ?? "";
  const urls = loggedUrls(value);
  // Many proxies log a URL without its scheme.
  const forms = urls.flatMap((url) => [url, url.slice(url.indexOf("://") + 3)]);
  const esqlForms = forms.map(esqlString).join(", ");
  return {
    guidance:
      "Look in web proxy, secure gateway and endpoint logs for the exact address, then for its host: over HTTPS a proxy that " +
      "does not decrypt sees the host alone. A GET that was answered with 200 and a body is a delivery: take the file's hash " +
      "from the endpoint and look that up too. In mail logs the same address tells who else received the message.",
    splunk: splQuery(`${splString(host)} url=*`, forms.map((form) => `url=${splString(form)}`).join(" OR ")),
    kql: kqlQuery(
      [`urls = dynamic([${forms.map(kqlString).join(", ")}])`],
      [
        {
          name: "DeviceNetworkEvents",
          time: "Timestamp",
          steps: ["where RemoteUrl in (urls)"],
          device: "DeviceName",
          account: "InitiatingProcessAccountName",
          detail: 'strcat(RemoteUrl, " ", InitiatingProcessCommandLine)',
        },
        {
          name: "UrlClickEvents",
          time: "Timestamp",
          steps: ["where Url in (urls)"],
          device: "IPAddress",
          account: "AccountUpn",
          detail: 'strcat(ActionType, " ", Url)',
        },
        {
          name: "EmailUrlInfo",
          time: "Timestamp",
          steps: ["where Url in (urls)"],
          device: '""',
          account: "NetworkMessageId",
          detail: "Url",
        },
        {
          name: "CommonSecurityLog",
          time: "TimeGenerated",
          steps: ["where RequestURL in (urls)"],
          device: "Computer",
          account: "SourceUserName",
          detail: 'strcat(DeviceAction, " ", SourceIP, " ", RequestURL)',
        },
      ],
    ),
    esql: esqlQuery("logs-*", [`WHERE url.full IN (${esqlForms}) OR url.original IN (${esqlForms})`], "host.name"),
    rule: {
      title: `Web Request To ${host}`,
      description: `A client asked the proxy for an address on ${host}.`,
      logsource: { category: "proxy" },
      selections: urls.map((url) => ["c-uri", sigmaString(url)]),
      falsePositives: "Analysts and sandboxes that open reported addresses on purpose",
      tactic: "command-and-control",
    },
  };
}
