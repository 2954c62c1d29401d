import { domainToASCII } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { skeletonOf } from "./confusable";
import { deletionsOf, lookalikeOf } from "./look-alike";

describe("a host looks like a watched domain", () => {
  it.each([
    ["example.org", "examp1e.org", "homoglyph"],
    ["example.org", "exarnple.net", "homoglyph"],
    // А Cyrillic а, as a browser would show it and as it is stored.
    ["example.org", domainToASCII("ex\u0430mple.org"), "homoglyph"],
    ["example.org", domainToASCII("éxample.org"), "homoglyph"],
    ["paypal.example", "paypa1.example", "homoglyph"],
    ["example.org", "exmple.org", "one_letter"],
    ["example.org", "exammple.org", "one_letter"],
    ["example.org", "exbmple.org", "one_letter"],
    ["example.org", "exmaple.org", "one_letter"],
    ["example.org", "www.examples.co.uk", "one_letter"],
    ["example.co.uk", "exampl.co.uk", "one_letter"],
    ["example.org", "example.net", "other_ending"],
    ["example.org", "login.example.com.au", "other_ending"],
    ["example.org", "example-login.net", "combined"],
    ["example.org", "secure-examp1e.net", "combined"],
    ["example.org", "example.org.sign-in.net", "embedded"],
    ["vpn.example.org", "vpn.example.org.test.net", "embedded"],
    ["example.org", "exampl3.pages.dev", "homoglyph"],
  ])("%s: %s by %s", (domain, host, rule) => {
    expect(lookalikeOf(domain, host)).toBe(rule);
  });

  it.each([
    ["its own", "example.org", "example.org"],
    ["a name under it", "example.org", "a.example.org"],
    ["another name of the same owner", "vpn.example.org", "www.example.org"],
    ["two letters away", "example.org", "exmpe.org"],
    ["the name as a label of another's", "example.org", "example.other.net"],
    ["the name inside of a word", "example.org", "counterexamples.net"],
    ["a first letter off a short name", "house.example", "mouse.example"],
    ["a name of three letters one off", "abc.example", "abd.net"],
    ["a name of four letters one off", "acme.example", "acne.net"],
    ["an ending alone", "example.org", "co.uk"],
    ["an address", "example.org", "192.0.2.1"],
  ])("but %s does not (%s: %s)", (_what, domain, host) => {
    expect(lookalikeOf(domain, host)).toBeNull();
  });
});

const letters = fc.string({ unit: fc.constantFrom(..."abcdefgmnrv-1l0o"), minLength: 1, maxLength: 12 });

describe("what it stands on", () => {
  it("a skeleton is its own skeleton", () => {
    fc.assert(
      fc.property(letters, (name) => {
        const once = skeletonOf(name);
        // Folding may bring two letters together that are then read as one: it settles at the second time.
        expect(skeletonOf(skeletonOf(once))).toBe(skeletonOf(once));
      }),
    );
  });

  it("names one edit apart share a deletion", () => {
    const edit = fc.record({
      name: letters,
      at: fc.nat(),
      kind: fc.constantFrom("drop", "put", "change", "swap"),
      by: fc.constantFrom(..."xyz"),
    });
    fc.assert(
      fc.property(edit, ({ name, at: seed, kind, by }) => {
        const at = seed % name.length;
        const other = {
          drop: name.slice(0, at) + name.slice(at + 1),
          put: name.slice(0, at) + by + name.slice(at),
          change: name.slice(0, at) + by + name.slice(at + 1),
          swap:
            name.slice(0, at) +
            name
              .slice(at, at + 2)
              .split("")
              .reverse()
              .join("") +
            name.slice(at + 2),
        }[kind];
        const mine = new Set(deletionsOf(name));
        expect(deletionsOf(other).some((part) => mine.has(part))).toBe(true);
      }),
    );
  });
});
