import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eachIocType, type IocType, iocTypes, normalise } from "../values";
import { huntFor } from "./hunting";
import type { RuleFacts } from "./sigma-rule";

const facts: RuleFacts = {
  author: "Tocsin",
  known: true,
  date: new Date("2026-11-21T12:00:00.000Z"),
  level: "high",
  techniques: [],
  tlp: null,
};
const hunt = (type: IocType, value: string) => huntFor(type, value, facts);

const samples = eachIocType(({ example }) => example);

describe.each(iocTypes)("%s", (type) => {
  const queries = hunt(type, samples[type]);

  it("has a guidance and three queries that name the value", () => {
    expect(queries.detection_guidance.length).toBeGreaterThan(120);
    for (const query of [queries.splunk_query, queries.kql_query, queries.elastic_esql]) {
      expect(query).toContain(samples[type]);
      expect(bare(query)).not.toMatch(/undefined|\bnull\b|\[object/);
      expect(isBalanced(bare(query))).toBe(true);
    }
  });

  it("has a Sigma rule exactly where Sigma has a log source", () => {
    const shown: IocType[] = ["ipv4", "ipv6", "domain", "url", "md5", "sha1", "sha256"];
    expect(queries.sigma !== null).toBe(shown.includes(type));
  });
});

describe("no value changes more than the literals that hold it", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom("\\", '"', "'", "`", "*", "?", "|", "]", ")", "#", ":", " ", "\n", "- ", "a") }),
  );
  const same = (type: IocType, value: string) => {
    const [a, b] = [hunt(type, value), hunt(type, samples[type])];
    expect(bare(a.splunk_query)).toBe(bare(b.splunk_query));
    expect(bare(a.kql_query)).toBe(bare(b.kql_query));
    expect(bare(a.elastic_esql)).toBe(bare(b.elastic_esql));
    expect(a.sigma && skeletonOf(a.sigma)).toBe(b.sigma && skeletonOf(b.sigma));
  };

  it("of a URL", () => {
    fc.assert(fc.property(nasty, (rest) => same("url", `http://malware.example/${rest}`)));
  });

  it("of an e-mail address that normalising lets through", () => {
    const local = fc.string({ unit: fc.constantFrom(..."abc`*?'|=#$%&+-/{}~!^_."), minLength: 1, maxLength: 64 });
    fc.assert(
      fc.property(local, (name) => {
        const email = normalise("email", `${name}@malware.example`);
        expect(email.ok).toBe(true);
        if (email.ok) same("email", email.value);
      }),
    );
  });
});

describe("a URL", () => {
  it.each(["http://malware.example", "http://malware.example/"])("is found with and without its slash: %s", (value) => {
    const { splunk_query, kql_query, elastic_esql, sigma } = hunt("url", value);
    for (const form of ["http://malware.example", "http://malware.example/", "malware.example", "malware.example/"]) {
      expect(splunk_query).toContain(`url="${form}"`);
      for (const query of [kql_query, elastic_esql]) expect(query).toContain(`"${form}"`);
    }
    expect(sigma?.match(/c-uri: .*/g)?.sort()).toEqual([
      "c-uri: 'http://malware.example'",
      "c-uri: 'http://malware.example/'",
    ]);
  });

  it("is found without its fragment and credentials", () => {
    const { sigma } = hunt("url", "http://u:p@malware.example/x#part");
    expect(sigma).toContain("c-uri: 'http://malware.example/x'\n");
  });
});

describe("a network", () => {
  it("is compared as one in every language", () => {
    const v4 = hunt("ipv4", "198.51.100.0/24");
    expect(v4.splunk_query).toContain('cidrmatch("198.51.100.0/24", coalesce(dest_ip, dest))');
    expect(v4.kql_query).toContain('let ioc = "198.51.100.0/24";');
    expect(v4.kql_query).toContain('ipv4_is_in_range(replace_string(RemoteIP, "::ffff:", ""), ioc)');
    expect(v4.elastic_esql).toContain('CIDR_MATCH(destination.ip, "198.51.100.0/24")');
    expect(v4.sigma).toContain("DestinationIp|cidr: '198.51.100.0/24'");
    const v6 = hunt("ipv6", "2001:db8::/32");
    expect(v6.kql_query).toContain("ipv6_is_in_range(RemoteIP, ioc)");
    expect(v6.sigma).toContain("DestinationIp|cidr: '2001:db8::/32'");
  });

  it("stands for a lone IPv6 address too, which logs write in many ways", () => {
    const v6 = hunt("ipv6", "2001:db8::1");
    for (const text of [v6.splunk_query, v6.kql_query, v6.elastic_esql, v6.sigma]) {
      expect(text).toContain("2001:db8::1/128");
    }
  });
});

describe("the Sigma rule", () => {
  const lineOf = (name: string, type: IocType, value: string) =>
    new RegExp(`^${name}: (.*)$`, "m").exec(hunt(type, value).sigma ?? "")?.[1] ?? "";

  it("has all that the specification asks for, and the record's techniques and TLP", () => {
    const rule = huntFor("domain", "malware.example", {
      ...facts,
      author: "SOC 'North'",
      techniques: ["T1071.001", "G0001", "T1053.005"],
      tlp: "amber+strict",
    }).sigma;
    expect(rule).toBe(`title: 'DNS Query For malware.example'
id: ${lineOf("id", "domain", "malware.example")}
status: experimental
description: 'A host asked for malware.example or a name below it. Threat intelligence names it as malicious.'
author: 'SOC ''North'''
date: 2026-11-21
tags:
    - attack.command-and-control
    - attack.execution
    - attack.persistence
    - attack.privilege-escalation
    - attack.t1071.001
    - attack.t1053.005
    - tlp.amber-strict
logsource:
    category: dns
detection:
    selection_1:
        QueryName: 'malware.example'
    selection_2:
        QueryName|endswith: '.malware.example'
    condition: 1 of selection_*
falsepositives:
    - 'Security tools and mail gateways that resolve names in what they inspect'
level: high
`);
  });

  it("keeps its id for a value and shares it with no other", () => {
    const ids = [
      lineOf("id", "domain", "a.example"),
      lineOf("id", "domain", "b.example"),
      lineOf("id", "url", "http://a.example/"),
    ];
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(lineOf("id", "domain", "a.example")).toBe(ids[0]);
  });

  it("has a title of at most 256 characters", () => {
    const long = `${`${"a".repeat(60)}.`.repeat(4)}example`;
    for (const title of [
      lineOf("title", "domain", long),
      lineOf("title", "url", `http://${long}/${"x".repeat(9_000)}`),
    ]) {
      expect(title).toContain("aaaa");
      expect(title.length - 2).toBeLessThanOrEqual(256);
    }
  });
});

it.each([
  ["T1059", 'technique.id == "T1059"', "AttackTechniques has ioc"],
  ["T1059.001", 'subtechnique.id == "T1059.001"', "AttackTechniques has ioc"],
  ["TA0001", 'tactic.id == "TA0001"', 'let ioc = "InitialAccess";'],
  ["G0001", 'threat.group.id == "G0001"', "AlertName has ioc"],
  ["S0154", 'threat.software.id == "S0154"', "AlertName has ioc"],
  ["C0001", "kibana.alert.rule.name LIKE", "AlertName has ioc"],
  ["M1036", "kibana.alert.rule.name LIKE", "AlertName has ioc"],
])("%s is hunted by its own kind", (id, esql, kql) => {
  expect(hunt("mitre_attack", id).elastic_esql).toContain(esql);
  expect(hunt("mitre_attack", id).kql_query).toContain(kql);
});

it("asks the vulnerability inventory for a CVE", () => {
  expect(hunt("cve", "CVE-2026-12345").kql_query).toContain("DeviceTvmSoftwareVulnerabilities\n| where CveId =~ ioc");
});

/** The query without its literals: what a language would run whatever they hold. */
function bare(query: string): string {
  return (
    query
      .replace(/@"[^"]*"/g, "@")
      .replace(/"(?:[^"\\]|\\.)*"/gsu, "§")
      .replace(/§(?:\.urldecode\(§\)\.§)+/g, "§")
      // As many forms of a URL as there are.
      .replace(/§(?:, §)+/g, "§")
      .replace(/url=§(?: OR url=§)+/g, "url=§")
  );
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** The rule's lines with their quoted texts and its id left out, and as one selection what are forms of one URL. */
function skeletonOf(rule: string): string {
  return rule
    .split("\n")
    .map((line) => line.replace(/^id: .*/, "id").replace(/(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")$/u, "§"))
    .join("\n")
    .replace(/(?: {4}selection(?:_\d)?:\n {8}c-uri: §\n)+/, "URL\n")
    .replace(/(?<=URL\n) {4}condition: .*/, "");
}
