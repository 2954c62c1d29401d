// The sixteen critical-infrastructure sectors of CISA (Presidential Policy Directive 21), as slugs.

export const industries = [
  "chemical",
  "commercial-facilities",
  "communications",
  "critical-manufacturing",
  "dams",
  "defense-industrial-base",
  "emergency-services",
  "energy",
  "financial-services",
  "food-agriculture",
  "government-facilities",
  "healthcare",
  "information-technology",
  "nuclear",
  "transportation",
  "water",
] as const;
export type Industry = (typeof industries)[number];

const synonyms: Readonly<Record<Industry, readonly string[]>> = {
  chemical: ["chemicals", "chemical-sector"],
  "commercial-facilities": ["commercial", "retail", "hospitality", "entertainment", "gaming", "real-estate"],
  communications: ["communication", "telecom", "telecoms", "telecommunications", "telecommunication", "media"],
  "critical-manufacturing": ["manufacturing", "industrial", "automotive"],
  dams: ["dam"],
  "defense-industrial-base": ["defense", "defence", "defence-industrial-base", "military", "aerospace", "dib"],
  "emergency-services": ["emergency", "law-enforcement", "police"],
  energy: ["oil", "gas", "oil-gas", "oil-and-gas", "power", "electricity", "utilities", "utility"],
  "financial-services": ["finance", "financial", "banking", "bank", "banks", "insurance", "fintech"],
  "food-agriculture": ["food", "agriculture", "food-and-agriculture", "farming"],
  "government-facilities": [
    "government",
    "gov",
    "public-sector",
    "education",
    "government-services-facilities",
    "government-services-and-facilities",
  ],
  healthcare: ["health", "medical", "hospitals", "healthcare-public-health", "healthcare-and-public-health", "pharma"],
  "information-technology": ["it", "technology", "tech", "software", "information-tech"],
  nuclear: ["nuclear-reactors", "nuclear-reactors-materials-waste", "nuclear-reactors-materials-and-waste"],
  transportation: ["transport", "transportation-systems", "aviation", "maritime", "logistics", "shipping", "rail"],
  water: ["wastewater", "water-wastewater", "water-and-wastewater", "water-and-wastewater-systems"],
};

const bySlug: ReadonlyMap<string, Industry> = new Map(
  industries.flatMap((industry) => [industry, ...synonyms[industry]].map((slug) => [slug, industry] as const)),
);

/** The sector that a slug or a common synonym of it names, however it is spelt. */
export function industryOf(text: string): Industry | null {
  const slug = text
    .trim()
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "");
  return bySlug.get(slug) ?? null;
}
