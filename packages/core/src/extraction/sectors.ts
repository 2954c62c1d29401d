import type { Industry } from "../values";
import { wordCounter } from "./word-finder";

/** Words by which an article names a CISA sector; those of `weak` count only beside "sector", "industry" and the like. */
type SectorWords = { readonly industry: Industry; readonly words: string; readonly weak?: string };

const sectors: readonly SectorWords[] = [
  {
    industry: "chemical",
    words: "chemical (?:plants?|facilit\\w+|compan\\w+|manufactur\\w+)|petrochemical\\w*",
    weak: "chemicals?",
  },
  {
    industry: "commercial-facilities",
    words:
      "retailers?|hotels?|casinos?|stadiums?|shopping (?:mall|cent)\\w*|e-?commerce (?:sites?|websites?|platforms?)|restaurants?",
    weak: "retail|hospitality|entertainment|gaming|real estate|commercial facilities|sports",
  },
  {
    industry: "communications",
    words:
      "telecom(?:s|munications?)?|telcos?|mobile operators?|internet service providers?|ISPs?|broadcasters?|satellite (?:operators?|communications?)",
    weak: "communications?|media",
  },
  {
    industry: "critical-manufacturing",
    words:
      "car ?makers?|automakers?|manufacturing (?:plants?|compan\\w+|firms?|organi[sz]ations?)|semiconductor (?:compan\\w+|industry|firms?|manufactur\\w+)",
    weak: "manufacturing|critical manufacturing|automotive|industrial|semiconductors?|steel|machinery",
  },
  { industry: "dams", words: "hydroelectric dams?|dam operators?", weak: "dams?" },
  {
    industry: "defense-industrial-base",
    words:
      "defen[sc]e (?:contractors?|industrial base|compan\\w+|firms?|industry|suppliers?)|military contractors?|arms manufacturers?|aerospace (?:and defen[sc]e|compan\\w+|firms?)",
    weak: "defen[sc]e|military|aerospace",
  },
  {
    industry: "emergency-services",
    words:
      "(?:911|112|999) (?:systems?|cent(?:er|re)s?|calls?)|emergency services|fire departments?|ambulance services?|police departments?",
    weak: "emergency|law enforcement",
  },
  {
    industry: "energy",
    words:
      "power (?:grids?|plants?|stations?|compan\\w+)|electric(?:ity)? (?:grids?|utilit\\w+|substations?)|oil (?:and|&) gas|pipelines? operators?|energy (?:compan\\w+|firms?|providers?|utilit\\w+)|wind farms?|solar farms?",
    weak: "energy|power|electric|utilit(?:y|ies)|oil|gas",
  },
  {
    industry: "financial-services",
    words:
      "banks?|banking (?:customers?|institutions?)|financial (?:institutions?|services|firms?|organi[sz]ations?)|credit unions?|stock exchanges?|cryptocurrency exchanges?|insurers?|insurance compan\\w+|payment processors?|fintech",
    weak: "financial|finance|banking|insurance|cryptocurrency|crypto",
  },
  {
    industry: "food-agriculture",
    words:
      "food (?:producers?|processors?|suppl\\w+|manufactur\\w+|distribut\\w+)|meat ?packers?|grocery|grocers?|farms?|agricultural (?:compan\\w+|cooperatives?)",
    weak: "food|agricultur\\w+|farming",
  },
  {
    industry: "government-facilities",
    words:
      "government (?:agenc\\w+|entit\\w+|organi[sz]ations?|networks?|bod\\w+|departments?|officials?|institutions?|facilities|services)|ministr(?:y|ies)|embass(?:y|ies)|municipalit(?:y|ies)|federal agenc\\w+|universit(?:y|ies)|schools?|school districts?|city governments?|public administration|diplomats?|parliaments?",
    weak: "government|public|education|academi\\w+|state",
  },
  {
    industry: "healthcare",
    words:
      "hospitals?|health ?care|medical (?:cent(?:er|re)s?|devices?|providers?|records?)|patients?|clinics?|pharmaceuticals?(?: compan\\w+)?|health (?:systems?|services?|providers?|insurers?)|biotech\\w*|HPH",
    weak: "health|medical|pharma",
  },
  {
    industry: "information-technology",
    words:
      "managed service providers?|MSPs?|MSSPs?|IT (?:service )?providers?|technology (?:compan\\w+|firms?|providers?)|tech (?:compan\\w+|firms?|giants?)|software (?:compan\\w+|vendors?|providers?|makers?)|cloud (?:service )?providers?|hosting providers?|data ?cent(?:er|re)s?",
    weak: "IT|information technology|technology|software|tech",
  },
  {
    industry: "nuclear",
    words: "nuclear (?:power|plants?|facilit\\w+|reactors?|agenc\\w+|energy|materials?)",
    weak: "nuclear",
  },
  {
    industry: "transportation",
    words:
      "airlines?|airports?|railways?|rail operators?|seaports?|ports? authorit\\w+|shipping (?:compan\\w+|lines?|firms?)|logistics (?:compan\\w+|firms?|providers?|entities)|aviation|freight|public transit|maritime|truckers?|trucking",
    weak: "transport(?:ation)?|logistics|shipping|rail|automobile",
  },
  {
    industry: "water",
    words: "water (?:utilit\\w+|treatment|systems?|suppl\\w+|facilit\\w+|plants?)|waste ?water",
    weak: "water",
  },
];

const group =
  "sectors?|industr(?:y|ies)|verticals?|organi[sz]ations|compan(?:y|ies)|entities|providers|firms|institutions";
const countStrong = wordCounter(sectors.map(({ words }) => new RegExp(`\\b(?:${words.toLowerCase()})\\b`)));
// "energy sector", and each of "energy, water and healthcare sectors".
const countWeak = wordCounter(
  sectors.map(
    ({ words, weak }) =>
      new RegExp(
        `\\b(?:${(weak ?? words).toLowerCase()})(?:(?:,| and| &|,? or) [a-z][a-z -]{1,24}){0,6} (?:${group})\\b`,
      ),
  ),
);

/** Points that a sector needs; a word of the title gives 3, "… sector" 2, any other word 1. */
const needed = 3;
const most = 5;

/** The sectors that an article is about, the most named first. */
export function findIndustries(title: string, text: string): Industry[] {
  const [lowerTitle, lowerText] = [title.toLowerCase(), text.toLowerCase()];
  const [strongTitle, weakTitle] = [countStrong(lowerTitle), countWeak(lowerTitle)];
  const [strongText, weakText] = [countStrong(lowerText), countWeak(lowerText)];
  const bounded = (counts: readonly number[], index: number) => Math.min(10, counts[index] ?? 0);
  return sectors
    .map(({ industry }, index) => {
      const inTitle = bounded(strongTitle, index) + bounded(weakTitle, index);
      return { industry, points: 3 * inTitle + bounded(strongText, index) + 2 * bounded(weakText, index) };
    })
    .filter(({ points }) => points >= needed)
    .sort((a, b) => b.points - a.points)
    .slice(0, most)
    .map(({ industry }) => industry);
}
