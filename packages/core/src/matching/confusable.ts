import { normalForm } from "../values";

// Letters that are read as one another: the ones met in domains of Unicode's confusables (UTS 39), and digits.
const single: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "l",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "9": "g",
  i: "l",
  j: "l",
  "|": "l",
  а: "a",
  в: "b",
  с: "c",
  ԁ: "d",
  е: "e",
  ғ: "f",
  ɡ: "g",
  һ: "h",
  і: "l",
  ї: "l",
  ј: "l",
  к: "k",
  ӏ: "l",
  м: "m",
  п: "n",
  о: "o",
  р: "p",
  ԛ: "q",
  г: "r",
  ѕ: "s",
  т: "t",
  ц: "u",
  ѵ: "v",
  ԝ: "w",
  х: "x",
  у: "y",
  α: "a",
  β: "b",
  ε: "e",
  ι: "l",
  κ: "k",
  ν: "v",
  ο: "o",
  ρ: "p",
  τ: "t",
  υ: "u",
  χ: "x",
  γ: "y",
  ω: "w",
  ı: "l",
  ł: "l",
  ø: "o",
  đ: "d",
  ħ: "h",
  ß: "b",
  æ: "ae",
  œ: "oe",
};
const several = [
  ["rn", "m"],
  ["vv", "w"],
  ["cl", "d"],
] as const;

/** What a name looks like: accents off, letters that are read as one another made one. Two names may share it. */
export function skeletonOf(name: string): string {
  const bare = normalForm(name, "NFKD").toLowerCase().replace(/\p{M}/gu, "");
  const folded = [...bare].map((character) => single[character] ?? character).join("");
  // Of two that overlap the first is taken, on both sides alike.
  return several.reduce((text, [pair, letter]) => text.replaceAll(pair, letter), folded);
}
