import { wordCounter } from "./word-finder";

/** Categories of articles, in the order in which they win a tie. */
export const articleCategories = [
  {
    slug: "ransomware",
    label: "Ransomware",
    words: "ransomware|ransom(?: note| demand)?s?|double extortion|leak sites?|decryptors?",
  },
  {
    slug: "vulnerability",
    label: "Vulnerability",
    words:
      "vulnerabilit(?:y|ies)|flaws?|bugs?|authentication bypass|cve-\\d{4}-\\d+|zero-?days?|0-?days?|patch(?:es|ed)?|security (?:updates?|flaws?|advisor(?:y|ies))|remote code execution|\\brce\\b|exploit(?:s|ed|ing|ation)?|proof[- ]of[- ]concept|cvss",
  },
  {
    slug: "data-breach",
    label: "Data breach",
    words:
      "data (?:breach(?:es)?|leaks?|theft)|breach(?:es|ed)?|leaked (?:data|records|databases?)|stolen (?:data|records)|exposed (?:data|records|databases?)|personal (?:data|information) of",
  },
  {
    slug: "supply-chain",
    label: "Supply chain",
    words:
      "supply[- ]chain|npm packages?|pypi|malicious packages?|typosquatt\\w+|trojani[sz]ed (?:installers?|packages?|updates?)|compromised (?:packages?|extensions?|updates?)|dependency confusion",
  },
  {
    slug: "ics-ot",
    label: "Industrial systems",
    words:
      "\\bics\\b|\\bscada\\b|\\bplcs?\\b|operational technology|\\bot (?:networks?|systems?|environments?)|industrial control|\\bhmis?\\b|modbus|power grid",
  },
  { slug: "ddos", label: "Denial of service", words: "ddos|denial[- ]of[- ]service|\\btbps\\b|http/2 rapid reset" },
  {
    slug: "phishing",
    label: "Phishing and fraud",
    words:
      "phish(?:ing|ed|es)?|spear-?phishing|smishing|vishing|quishing|business email compromise|\\bbec\\b|scams?|scammers?|fraud|tech support scam|credential harvesting|impersonat\\w+",
  },
  {
    slug: "mobile",
    label: "Mobile",
    words:
      "android (?:malware|trojan|spyware|banking)|\\bios (?:spyware|malware)|google play|mobile (?:malware|spyware)|spyware apps?|banking trojans?|sideload\\w*",
  },
  {
    slug: "threat-actor",
    label: "Threat actor",
    words:
      "apt\\d*|threat (?:actors?|groups?)|espionage|state-(?:sponsored|backed|linked)|nation-state|hackers|cyberespionage|attribut(?:ed|ion)|advanced persistent",
  },
  {
    slug: "malware",
    label: "Malware",
    words:
      "malware|trojans?|backdoors?|(?:info)?stealers?|loaders?|botnets?|rootkits?|rats?\\b|worms?|wipers?|payloads?|droppers?|keyloggers?|command[- ]and[- ]control|\\bc2\\b",
  },
  {
    slug: "law-enforcement",
    label: "Law enforcement and policy",
    words:
      "arrest(?:s|ed)?|sentenced|indict(?:ed|ment)|pleads? guilty|extradit\\w+|seiz(?:es|ed|ure)|takedown|europol|interpol|sanction(?:s|ed)|lawsuit|regulat(?:ion|ors?)|fined|legislation",
  },
  {
    slug: "cloud-identity",
    label: "Cloud and identity",
    words:
      "\\baws\\b|azure|google cloud|entra id|okta|kubernetes|cloud (?:misconfiguration|environments?|accounts?)|oauth|\\bsso\\b|mfa (?:bypass|fatigue)|identity provider|saas",
  },
] as const;
export type ArticleCategory = (typeof articleCategories)[number]["slug"] | "general";

const count = wordCounter(articleCategories.map(({ words }) => new RegExp(`\\b(?:${words})\\b`)));

/** A word in the title counts as much as this many in the text; of the text, no category counts more than `mostInText`. */
const titleWeight = 6;
const mostInText = 12;
const needed = 3;

/** What an article is about: the category whose words it uses most, title before text. */
export function categorise(title: string, text: string): { category: ArticleCategory; categoryLabel: string } {
  let best: { category: ArticleCategory; categoryLabel: string; points: number } = {
    category: "general",
    categoryLabel: "General",
    points: needed - 1,
  };
  const [inTitle, inText] = [count(title.toLowerCase()), count(text.toLowerCase())];
  for (const [index, { slug, label }] of articleCategories.entries()) {
    const points = (inTitle[index] ?? 0) * titleWeight + Math.min(mostInText, inText[index] ?? 0);
    if (points > best.points) best = { category: slug, categoryLabel: label, points };
  }
  return { category: best.category, categoryLabel: best.categoryLabel };
}
