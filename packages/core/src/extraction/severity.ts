import { wordFinder } from "./word-finder";

export const severityLabels = ["low", "medium", "high", "critical"] as const;
export type SeverityLabel = (typeof severityLabels)[number];
export type Severity = { severityScore: number; severityLabel: SeverityLabel; severityReason: string };

/** What is known of an article besides its words. */
export type SeverityFacts = {
  readonly title: string;
  readonly text: string;
  readonly iocCount: number;
  readonly threatActors: number;
  readonly malwareFamilies: number;
  readonly industries: readonly string[];
};

/** With the patterns that the article says, so that each text is read once for all of them. */
type WeighedFacts = SeverityFacts & { readonly said: ReadonlySet<RegExp> };
type Factor = { readonly name: string; readonly points: number; readonly holds: (facts: WeighedFacts) => boolean };

/** What an article is about stands in its title or beginning, or comes again: one mention in a long text proves nothing. */
const beginning = 1_500;
/** Mentions after its beginning. */
const needed = 3;
const patterns: RegExp[] = [];
const says = (pattern: RegExp) => {
  patterns.push(pattern);
  return ({ said }: WeighedFacts) => said.has(pattern);
};
const titled = (pattern: RegExp) => {
  const every = new RegExp(pattern.source, "gi");
  return ({ title }: SeverityFacts) => [...title.matchAll(every)].some(({ index }) => !isDenied(title, index));
};
const threatensInfrastructure = says(/\b(?:critical infrastructure|industrial control systems?|power grids?|scada)\b/i);

/** Each factor that holds adds its points to 1; the sum is kept between 0 and 10. Points are in steps of a half. */
export const severityFactors: readonly Factor[] = [
  {
    name: "exploited in the wild",
    points: 3,
    holds: says(
      /\b(?:(?:actively|routinely|widely|commonly|frequently|currently|still|being|been|under active|mass|active) exploit(?:ed|ation|ing)|exploit(?:ed|ation|ing|s)?\b[^\n]{0,120}?\bin the wild|in-the-wild exploit\w*|known exploited vulnerabilit(?:y|ies)|exploited (?:in|by) (?:[\w-]+ ){0,4}(?:attacks?|attackers|hackers|threat actors)|under attack)\b/i,
    ),
  },
  { name: "zero-day", points: 1.5, holds: says(/\b(?:zero|0)-?days?\b/i) },
  { name: "CVSS 9.0 or more", points: 2.5, holds: ({ text }) => highestCvss(text) >= 9 },
  { name: "CVSS 7.0 to 8.9", points: 1.5, holds: ({ text }) => highestCvss(text) >= 7 && highestCvss(text) < 9 },
  { name: "CVSS 4.0 to 6.9", points: 0.5, holds: ({ text }) => highestCvss(text) >= 4 && highestCvss(text) < 7 },
  {
    name: "flaw called critical",
    points: 2,
    holds: says(
      /\b(?:critical(?:[- ]severity)? (?:[\w-]+ ){0,3}(?:vulnerabilit(?:y|ies)|flaws?|bugs?|holes?|zero-days?|rce)|maximum[- ]severity)\b/i,
    ),
  },
  {
    name: "code execution or authentication bypass",
    points: 1,
    holds: says(
      /\b(?:remote code execution|rce|arbitrary code|authentication bypass|unauthenticated (?:remote )?attackers?|pre-?auth(?:entication)?|wormable)\b/i,
    ),
  },
  { name: "ransomware", points: 2, holds: says(/\bransomware\b/i) },
  {
    name: "destructive malware",
    points: 2,
    holds: says(/\b(?:wipers?|data-wiping|destructive (?:malware|attacks?|cyber ?attacks?))\b/i),
  },
  {
    name: "critical infrastructure",
    points: 1.5,
    holds: (facts) =>
      threatensInfrastructure(facts) ||
      facts.industries.some((industry) =>
        ["energy", "water", "nuclear", "dams", "chemical", "emergency-services", "healthcare"].includes(industry),
      ),
  },
  {
    name: "breach or theft of data",
    points: 1,
    holds: says(
      /\b(?:data (?:breach(?:es)?|theft)|breach(?:ed)?|(?:stole|stolen|leaked) (?:[\w-]+ ){0,3}(?:data|records|credentials|files))\b/i,
    ),
  },
  {
    name: "supply-chain compromise",
    points: 1.5,
    holds: says(/\bsupply[- ]chain (?:attacks?|compromises?|intrusions?)\b/i),
  },
  {
    name: "state-sponsored actor",
    points: 1,
    holds: says(/\b(?:state-(?:sponsored|backed|linked)|nation-state|government-backed|espionage)\b/i),
  },
  { name: "named threat actor", points: 0.5, holds: ({ threatActors }) => threatActors > 0 },
  { name: "named malware", points: 1, holds: ({ malwareFamilies }) => malwareFamilies > 0 },
  {
    name: "millions affected",
    points: 1,
    holds: says(
      /\b\d[\d.,]{0,12} ?(?:million|billion) (?:\w+ ){0,3}(?:people|users|customers|patients|records|accounts|individuals|devices|websites|installs?|downloads)\b/i,
    ),
  },
  {
    name: "many systems compromised",
    points: 3,
    holds: says(
      /\b\d[\d.,]{0,12}\+? (?:(?:[\w-]+ ){0,3}(?:hacked|compromised|breached|backdoored|infected) (?:[\w-]+ ){0,3}(?:servers|systems|devices|sites|websites|stores|organi[sz]ations|firewalls|routers|instances|hosts|networks|companies)|(?:[\w-]+ ){0,3}(?:servers|systems|devices|sites|websites|stores|organi[sz]ations|firewalls|routers|instances|hosts|networks|companies) (?:[\w-]+ ){0,3}(?:hacked|compromised|breached|backdoored|infected))\b/i,
    ),
  },
  {
    name: "active campaign",
    points: 0.5,
    holds: says(/\b(?:ongoing|active|widespread|large-scale|massive) (?:\w+ )?(?:campaigns?|attacks?|exploitation)\b/i),
  },
  {
    name: "government advisory",
    points: 1,
    holds: says(/\b(?:joint (?:cybersecurity )?advisory|emergency directive|cybersecurity advisory|StopRansomware)\b/i),
  },
  { name: "indicators listed", points: 0.5, holds: ({ iocCount }) => iocCount > 0 },
  {
    name: "patch available",
    points: -0.5,
    holds: says(
      /\b(?:patch(?:es)? (?:is|are) available|released (?:\w+ ){0,3}(?:patch(?:es)?|fix(?:es)?|(?:security )?updates?)|has been (?:patched|fixed)|fixed in version)\b/i,
    ),
  },
  {
    name: "law enforcement success",
    points: -1.5,
    holds: titled(/\b(?:arrest(?:s|ed)?|sentenced|pleads? guilty|seiz(?:es|ed)|taken down|takedown|extradited)\b/i),
  },
  {
    name: "about a company, not a threat",
    points: -3,
    holds: titled(
      /\b(?:awards?|award-winning|named (?:a |as )?(?:leader|visionary|finalist)|recogni[sz]ed (?:as|by|in|with)|magic quadrant|forrester wave|partners? with|partnership|raises \$|funding round|series [a-e]\b|acqui(?:res|red|sition)|appoints|earnings|customer story|case study)\b/i,
    ),
  },
  {
    name: "opinion or product news",
    points: -1,
    holds: titled(
      /\b(?:webinar|podcast|interview|opinion|how to|best practices|announc(?:es|ing)|introducing|launch(?:es|ing)|unveils|survey|predictions?|what is|guide)\b/i,
    ),
  },
];

const base = 1;

/** From 0 to 10 with the sum behind it; bands as in CVSS: low below 4, medium below 7, high below 9. */
export function rateSeverity(facts: SeverityFacts): Severity {
  const weighed = { ...facts, said: saidIn(facts) };
  const applied = severityFactors.filter(({ holds }) => holds(weighed));
  const sum = applied.reduce((total, { points }) => total + points, base);
  const severityScore = Math.min(10, Math.max(0, sum));
  const terms = applied.map(({ name, points }) => `${name} ${points < 0 ? "−" : "+"}${Math.abs(points)}`);
  const bounded = sum === severityScore ? "" : `; held at ${severityScore}`;
  return {
    severityScore,
    severityLabel: labelOf(severityScore),
    severityReason: [`base ${base}`, ...terms].join(", ") + bounded,
  };
}

function labelOf(score: number): SeverityLabel {
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  return score >= 4 ? "medium" : "low";
}

/** The highest score that is stated as one of CVSS; 0 without any. */
function highestCvss(text: string): number {
  let highest = 0;
  for (const [, score] of text.matchAll(
    /\bCVSS(?:[ :-]?v?[234](?:\.[01])?(?=[\s:)-]))?[^.\n]{0,40}?\b(10(?:\.0)?|[0-9]\.[0-9])(?!\d|\.\d)/gi,
  )) {
    highest = Math.max(highest, Number(score));
  }
  return highest;
}

const find = wordFinder(patterns);

function saidIn({ title, text }: SeverityFacts): ReadonlySet<RegExp> {
  const counts = patterns.map(() => 0);
  const said = new Set<RegExp>();
  const count = (index: number, times: number) => {
    counts[index] = (counts[index] ?? 0) + times;
    const pattern = patterns[index];
    if (pattern && (counts[index] ?? 0) >= needed) said.add(pattern);
  };
  find(title, (index, start) => {
    if (!isDenied(title, start)) count(index, needed);
  });
  find(text, (index, start, end) => {
    if (!isDenied(text, start)) count(index, end <= beginning ? needed : 1);
  });
  return said;
}

/** Whether what stands there is denied right before. */
function isDenied(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 48), at);
  return /\b(?:no|not|never|without|n't|unaware of|isn’t|wasn’t)\b[^.;\n]{0,40}$/i.test(before);
}
