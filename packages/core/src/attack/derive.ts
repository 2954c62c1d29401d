import { currentCatalogue } from "./current";
import { techniquesOfFamily } from "./family-techniques";
import { techniquesOfThreat } from "./threat-techniques";

/** Feeds repeat few words; a feed of junk words must not fill the memory. */
const mostRemembered = 10_000;
const remembered = new Map<string, readonly string[]>();
let rememberedOf = currentCatalogue();

/** Techniques that a threat type and a malware family stand for, the family's first. */
export function deriveTechniques(threatType: string | null, malwareFamily: string | null): readonly string[] {
  const current = currentCatalogue();
  if (current !== rememberedOf) {
    remembered.clear();
    rememberedOf = current;
  }
  const key = `${threatType ?? ""}\u001f${malwareFamily ?? ""}`;
  const known = remembered.get(key);
  if (known) return known;
  const family = malwareFamily === null ? [] : techniquesOfFamily(malwareFamily);
  const threat = threatType === null ? [] : techniquesOfThreat(threatType);
  // A sub-technique says all that its technique does.
  const derived = [...new Set([...family, ...threat.filter((id) => !family.some((sub) => sub.startsWith(`${id}.`)))])];
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, derived);
  return derived;
}
