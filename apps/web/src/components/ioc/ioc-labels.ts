import type { Category, Confidence, IocType } from "@tocsin/core/values";

const typeLabels: Readonly<Record<IocType, string>> = {
  ipv4: "IPv4",
  ipv6: "IPv6",
  domain: "Domain",
  url: "URL",
  md5: "MD5",
  sha1: "SHA-1",
  sha256: "SHA-256",
  sha512: "SHA-512",
  email: "E-mail",
  cve: "CVE",
  mitre_attack: "ATT&CK",
};

const categoryLabels: Readonly<Record<Category, string>> = {
  news: "News",
  research: "Research",
  "threat-intel": "Threat intelligence",
  vendor: "Vendor",
  government: "Government",
  "threat-feed": "Threat feed",
  community: "Community",
  commercial: "Commercial",
};

const confidenceLabels: Readonly<Record<Confidence, string>> = { high: "High", medium: "Medium", low: "Low" };

export const typeOptions = optionsOf(typeLabels);
export const categoryOptions = optionsOf(categoryLabels);
export const confidenceOptions = optionsOf(confidenceLabels);

export function typeLabel(type: string): string {
  return labelIn(typeLabels, type);
}

export function categoryLabel(category: string): string {
  return labelIn(categoryLabels, category);
}

export function confidenceLabel(confidence: string): string {
  return labelIn(confidenceLabels, confidence);
}

function labelIn(labels: Readonly<Record<string, string>>, value: string): string {
  return labels[value] ?? value;
}

function optionsOf<V extends string>(labels: Readonly<Record<V, string>>): { value: V; label: string }[] {
  return (Object.keys(labels) as V[]).map((value) => ({ value, label: labels[value] }));
}
