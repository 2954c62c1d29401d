import { domainToUnicode } from "node:url";
import { parse } from "tldts";
import { skeletonOf } from "./confusable";
import { type LookalikeRule, lookalikeRules } from "./vocabulary";

/** Letters that the registrable name must have for a rule; shorter ones are like too many others. */
const leastLetters: Record<LookalikeRule, number> = {
  embedded: 1,
  other_ending: 4,
  homoglyph: 4,
  one_letter: 5,
  combined: 5,
};
/** Below this the first letter must be the same: `mouse` is not meant for `house` as `housse` is. */
const firstLetterBelow = 7;

/** The registered part of a host, in Unicode: `example` of `www.example.co.uk`, and the whole `example.co.uk`. */
export type Registered = { name: string; domain: string };

export function registeredOf(host: string): Registered | null {
  const { domain, domainWithoutSuffix } = parse(host, { allowPrivateDomains: true, validateHostname: false });
  if (!domain || !domainWithoutSuffix) return null;
  return { name: domainToUnicode(domainWithoutSuffix) || domainWithoutSuffix, domain };
}

/** By which rule a host looks like the domain; null where it does not, or is the domain's own. */
export function lookalikeOf(domain: string, host: string): LookalikeRule | null {
  const own = registeredOf(domain);
  const other = registeredOf(host);
  if (!own || !other || own.domain === other.domain) return null;
  const letters = [...own.name].length;
  return (
    lookalikeRules.find((rule) => letters >= leastLetters[rule] && rules[rule]({ domain, host, own, other })) ?? null
  );
}

type Pair = { domain: string; host: string; own: Registered; other: Registered };

const rules: Record<LookalikeRule, (pair: Pair) => boolean> = {
  // example.org.sign-in.test
  embedded: ({ domain, host }) => `.${host}.`.includes(`.${domain}.`),
  // example.test for example.org
  other_ending: ({ own, other }) => own.name === other.name,
  // examp1e.org, exаmple.org with a Cyrillic letter
  homoglyph: ({ own, other }) => skeletonOf(own.name) === skeletonOf(other.name),
  // exampel.org, exmple.org, examples.org
  one_letter: ({ own, other }) => {
    const [a, b] = [[...own.name], [...other.name]];
    return isOneEdit(a, b) && (a.length >= firstLetterBelow || a[0] === b[0]);
  },
  // example-login.test
  combined: ({ own, other }) => {
    const skeleton = skeletonOf(own.name);
    return other.name.split("-").some((part) => skeletonOf(part) === skeleton);
  },
};

/** One letter more, less or other, or two neighbours swapped. */
function isOneEdit(a: readonly string[], b: readonly string[]): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const [x, y] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  if (x.length <= 1 && y.length <= 1) return x.length + y.length > 0;
  return x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0];
}

/** A name and itself without each of its letters: names one edit apart have one of these in common. */
export function deletionsOf(name: string): string[] {
  const letters = [...name];
  return [...new Set([name, ...letters.map((_, index) => letters.toSpliced(index, 1).join(""))])];
}
