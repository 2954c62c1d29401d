import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayHoldDigits } from "./digits";
import { wordCounter } from "./word-finder";
import { startsOf } from "./word-starts";

describe("startsOf", () => {
  it.each([
    [String.raw`\b(?:phish(?:ing|ed)?|e-?commerce|c2)\b`, ["phi", "e-c", "eco", "c2"]],
    [String.raw`\b(?:(?:info)?stealers?|[vs]mishing)\b`, ["inf", "ste", "vmi", "smi"]],
    [String.raw`(?<![\p{L}./-])(?:OS X|AI)(?!\.[\p{L}])`, ["os ", "ai"]],
    [String.raw`\b(?:zero|0)-?days?`, ["zer", "0-d", "0da"]],
    [String.raw`Node\.js|a(?:b|)c?d?`, ["nod", "ab", "abc", "abd", "a", "ac", "acd", "ad"]],
  ])("%s", (source, starts) => {
    expect([...(startsOf(source) ?? [])].toSorted()).toEqual(starts.toSorted());
  });

  it.each([String.raw`\w+day`, "[a-z]day", "a+b", ".day", "a{2}b"])("does not tell of %s", (source) => {
    expect(startsOf(source)).toBeNull();
  });
});

describe("wordCounter", () => {
  const patterns = [
    /\b(?:phish(?:ing|ed|es)?|spear-?phishing|c2)\b/i,
    /\b(?:power (?:grids?|plants?)|oil (?:and|&) gas|it (?:service )?providers?)\b/i,
    /\b(?:energy|oil)(?:(?:,| and) [a-z][a-z -]{1,24}){0,6} (?:sectors?|industr(?:y|ies))\b/i,
    /(?<![\p{L}\p{N}_./-])(?:AI|OS X|Node\.js)(?![\p{L}\p{N}_]|\.[\p{L}\p{N}])/u,
    /\b\d[\d.,]{0,12} ?(?:million|billion)\b/i,
  ];
  const count = wordCounter(patterns);
  const pieces = [
    "phishing",
    "Spear-phishing",
    "phish",
    "C2",
    "power grid",
    "Oil & gas",
    "IT providers",
    "energy, oil and gas",
    " sector",
    "AI",
    "OS X",
    "Node.js",
    "3.5 million",
    "x",
    "é",
    "İ",
    "_",
    ".",
    " ",
    "-",
    " and ",
  ];

  it("counts as the expressions themselves do", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join("")),
        (text) => {
          const expected = patterns.map(
            ({ source, flags }) => text.match(new RegExp(source, `${flags}g`))?.length ?? 0,
          );
          expect(count(text)).toEqual(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("mayHoldDigits", () => {
  it("never overlooks a run, wherever it begins", () => {
    for (let at = 0; at < 40; at += 1) {
      expect(mayHoldDigits(`${"g".repeat(at)}${"0123456789abcdef".repeat(2)}`, 32)).toBe(true);
    }
    expect(mayHoldDigits("Words of an article that go on and on, as they do.", 32)).toBe(false);
  });
});
