import type { IocType } from "../values";
import { huntCve, huntEmail, huntHash } from "./hunt-artefact";
import { huntAttack } from "./hunt-attack";
import { huntAddress, huntDomain, huntUrl } from "./hunt-network";
import type { Hunting } from "./shape";
import { type RuleBody, type RuleFacts, sigmaRule } from "./sigma-rule";

/** What a type of value gives for hunting; no rule where Sigma has no log source for it. */
export type Hunt = { guidance: string; splunk: string; kql: string; esql: string; rule: RuleBody | null };

const hunts: Readonly<Record<IocType, (value: string) => Hunt>> = {
  ipv4: (value) => huntAddress("ipv4", value),
  ipv6: (value) => huntAddress("ipv6", value),
  domain: huntDomain,
  url: huntUrl,
  md5: (value) => huntHash("md5", value),
  sha1: (value) => huntHash("sha1", value),
  sha256: (value) => huntHash("sha256", value),
  sha512: (value) => huntHash("sha512", value),
  email: huntEmail,
  cve: huntCve,
  mitre_attack: huntAttack,
};

/** Where to look for a normalised value, and queries that do, with the value escaped for each language. */
export function huntFor(type: IocType, value: string, facts: RuleFacts): Hunting {
  const { guidance, splunk, kql, esql, rule } = hunts[type](value);
  return {
    detection_guidance: guidance,
    splunk_query: splunk,
    kql_query: kql,
    elastic_esql: esql,
    sigma: rule === null ? null : sigmaRule(type, value, rule, facts),
  };
}
