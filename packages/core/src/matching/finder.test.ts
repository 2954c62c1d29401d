import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detect, type IocType, parseNetwork, relationOf } from "../values";
import { readEntry } from "../watchlists";
import { compare, type Match } from "./find-matches";
import { createFinder } from "./finder";
import { articleSubject, iocSubject, type Subject } from "./subject";
import { matchOf, type Watch, watchOf } from "./watch";

function watch(text: string, more: Partial<Pick<Watch, "subdomains" | "lookalikes">> = {}): Watch {
  const read = readEntry(text);
  if (!read.ok) throw new Error(`${text}: ${read.problem}`);
  return watchOf({ id: text, watchlistId: "list", subdomains: true, lookalikes: false, ...more, ...read.entry });
}

function ioc(value: string, more: Partial<Parameters<typeof iocSubject>[0]> = {}): Subject {
  const found = detect(value);
  if (!found.ok) throw new Error(`${value}: ${found.problem}`);
  const facts = { id: value, generation: 0, tags: [], threatType: null, malwareFamily: null, context: null };
  return iocSubject({ ...facts, type: found.type, value: found.value, ...more });
}

function matchesOf(watches: readonly Watch[], subjects: readonly Subject[]): Match[] {
  const find = createFinder(watches);
  return subjects.flatMap((subject) => compare(subject, find(subject)));
}

const article = (title: string, text: string | null = null) =>
  articleSubject({ id: "a", title, summary: "", text, names: [], cveIds: ["CVE-2026-12345"] });

describe("what matches an entry, and why", () => {
  it.each([
    ["192.0.2.0/24", "192.0.2.255", "inside"],
    ["192.0.2.0/24", "192.0.2.0/24", "exact"],
    ["192.0.2.7", "192.0.2.7", "exact"],
    ["192.0.2.0/25", "192.0.2.128", null],
    ["192.0.2.0/24", "192.0.2.64/26", "inside"],
    ["192.0.2.64/26", "192.0.2.0/24", "around"],
    ["192.0.2.0/24", "198.51.100.0/24", null],
    ["192.0.2.0/24", "https://192.0.2.9:8443/a", "url_host"],
    ["192.0.2.0/24", "https://a.example/192.0.2.9", null],
    ["192.0.2.9", "http://0xC0000209/", "url_host"],
    ["192.0.2.0/24", "::ffff:192.0.2.1", "inside"],
    ["2001:db8::/32", "2001:db8:ffff::1", "inside"],
    ["2001:db8::/48", "2001:db8::/32", "around"],
    ["2001:db8::/32", "2001:db9::1", null],
    ["2001:db8::/32", "http://[2001:db8::1]:80/", "url_host"],
    ["2001:db8::/32", "192.0.2.1", null],
    ["example.org", "example.org", "exact"],
    ["example.org", "a.b.example.org", "subdomain"],
    ["example.org", "badexample.org", null],
    ["example.org", "example.org.test.net", null],
    ["example.org", "https://user@www.example.org:8443/x", "url_host"],
    ["example.org", "https://other.test/?u=example.org", null],
    ["example.org", "someone@mail.example.org", "email_domain"],
    ["@example.org", "someone@example.org", "email_domain"],
    ["b\u00fccher.example", "xn--bcher-kva.example", "exact"],
    ["xn--bcher-kva.example", "www.B\u00dcCHER.example", "subdomain"],
    ["https://www.example.org", "https://www.example.org/", "exact"],
    ["https://www.example.org/?a", "https://www.example.org?a", "exact"],
    ["https://www.example.org/x", "https://u:p@www.example.org/x#y", "exact"],
    ["https://u:p@www.example.org/x#y", "https://www.example.org/x", "exact"],
    ["https://www.example.org/", "https://www.example.org/#!x", null],
    ["https://www.example.org/x", "https://www.example.org/X", null],
    ["Billing@example.org", "billing@EXAMPLE.org", "exact"],
    ["billing@example.org", "BILLING@example.org", "exact"],
    ["CVE-2026-12345", "cve-2026-12345", "exact"],
    ["CVE-2026-1234", "CVE-2026-12345", null],
    ["https://a.example/x", "hxxps://a[.]example/x", "exact"],
    ["https://a.example/x", "https://a.example/X", null],
    ["d41d8cd98f00b204e9800998ecf8427e", "D41D8CD98F00B204E9800998ECF8427E", "exact"],
  ])("%s: %s is %s", (entry, value, reason) => {
    const [watched, subject] = [watch(entry), ioc(value)];
    expect(matchOf(watched, subject)).toBe(reason);
    expect(matchesOf([watched], [subject]).map((match) => match.reason)).toEqual(reason ? [reason] : []);
  });

  it.each([
    ["Example Corp", "Breach at example corp, Inc.", true],
    ["Example Corp", "Examples of a corp", false],
    ["Example Corp", "EXAMPLE-CORP's routers", true],
    ["exa", "An exam", false],
    ["Größe", "die GRÖSSE", false],
    ["Größe", "Die größe", true],
    ["ＡＢＣ", "abc news", true],
    ["term: node.js", "A bug in Node.js 20", true],
  ])("the term %s in “%s”: %s", (entry, title, matches) => {
    const watched = watch(entry);
    for (const subject of [article(title), article("Other", title)]) {
      expect(matchesOf([watched], [subject])).toHaveLength(matches ? 1 : 0);
    }
  });

  it("a term is found in tags, family, threat type and context, written together or apart", () => {
    const term = watch("Cobalt Strike");
    for (const more of [
      { tags: ["x", "CobaltStrike"] },
      { malwareFamily: "win.cobalt_strike" },
      { threatType: "cobalt-strike" },
      { context: "Cobalt Strike beacon on port 443" },
    ]) {
      expect(matchesOf([term], [ioc("192.0.2.1", more)]), JSON.stringify(more)).toHaveLength(1);
    }
    expect(matchesOf([term], [ioc("cobalt-strike.example")])).toEqual([]);
  });

  it("names under a domain and look-alikes are each its own choice", () => {
    const exact = watch("example.org", { subdomains: false });
    expect(matchOf(exact, ioc("a.example.org"))).toBeNull();
    expect(matchOf(exact, ioc("examp1e.org"))).toBeNull();
    const near = watch("example.org", { subdomains: false, lookalikes: true });
    expect(matchOf(near, ioc("https://www.examp1e.org/"))).toBe("lookalike.homoglyph");
    expect(matchOf(near, ioc("a.example.org"))).toBeNull();
  });

  it("an article matches the CVEs that it names, and no network by its words", () => {
    expect(matchOf(watch("CVE-2026-12345"), article("x"))).toBe("exact");
    expect(matchOf(watch("192.0.2.0/24"), article("192.0.2.1"))).toBeNull();
  });
});

describe("networks", () => {
  const v4 = fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 8, max: 32 }));
  const v6 = fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), fc.integer({ min: 16, max: 128 }));
  const text4 = ([address, bits]: [number, number]) =>
    `${[24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".")}/${bits}`;
  const text6 = ([address, bits]: [bigint, number]) =>
    `${(address.toString(16).padStart(32, "0").match(/.{4}/g) ?? []).join(":")}/${bits}`;
  const range = (address: bigint, bits: number, width: number): [bigint, bigint] => {
    const size = 1n << BigInt(width - bits);
    const start = (address / size) * size;
    return [start, start + size - 1n];
  };
  const expected = (a: [bigint, bigint], b: [bigint, bigint]) => {
    if (a[1] < b[0] || b[1] < a[0]) return null;
    if (a[0] === b[0] && a[1] === b[1]) return "exact";
    return b[0] >= a[0] && b[1] <= a[1] ? "inside" : "around";
  };
  const relation = (a: string, b: string) => {
    const [x, y] = [parseNetwork(a), parseNetwork(b)];
    return x && y && relationOf(x, y);
  };

  it("lie to one another as their first and last addresses do", () => {
    // Often near each other, or nearly all pairs would be apart.
    const near4 = fc.tuple(v4, fc.nat(300), fc.integer({ min: 8, max: 32 }));
    fc.assert(
      fc.property(near4, ([a, step, bits]) => {
        const b: [number, number] = [(a[0] + step) % 2 ** 32, bits];
        const ranges = [range(BigInt(a[0]), a[1], 32), range(BigInt(b[0]), b[1], 32)] as const;
        expect(relation(text4(a), text4(b))).toBe(expected(...ranges));
      }),
      { numRuns: 2_000 },
    );
    const near6 = fc.tuple(v6, fc.bigInt({ min: 0n, max: 1n << 90n }), fc.integer({ min: 16, max: 128 }));
    fc.assert(
      fc.property(near6, ([a, step, bits]) => {
        const b: [bigint, number] = [(a[0] + step) % (1n << 128n), bits];
        const ranges = [range(a[0], a[1], 128), range(b[0], b[1], 128)] as const;
        expect(relation(text6(a), text6(b))).toBe(expected(...ranges));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the finder", () => {
  const label = fc.constantFrom("example", "examp1e", "exmaple", "example-login", "other", "org", "acme", "a");
  const domain = fc
    .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.constantFrom("org", "net", "co.uk"))
    .map(([labels, ending]) => [...labels, ending].join("."));
  const octet = fc.constantFrom(0, 1, 64, 128, 255);
  const network = fc
    .tuple(octet, octet, fc.integer({ min: 8, max: 32 }))
    .map(([c, d, bits]) => `198.51.${c}.${d}/${bits}`);
  const words = fc
    .array(fc.constantFrom("cobalt", "strike", "example", "corp"), { minLength: 1, maxLength: 3 })
    .map((each) => each.join(" "));
  const value = fc.oneof(
    domain,
    network,
    domain.map((name) => `https://${name}/x`),
    network.map((each) => `http://${each.split("/")[0]}/`),
    domain.map((name) => `a@${name}`),
  );
  const type = (text: string): IocType => {
    const found = detect(text);
    return found.ok ? found.type : "domain";
  };

  it("finds what comparing each with each finds", () => {
    const entries = fc.uniqueArray(
      fc.oneof(
        domain,
        network,
        words.map((each) => `term: ${each}`),
      ),
      { maxLength: 8 },
    );
    const subjects = fc.array(fc.tuple(value, words), { maxLength: 8 });
    fc.assert(
      fc.property(entries, subjects, fc.boolean(), (texts, values, lookalikes) => {
        const watches = texts.flatMap((text) => {
          const read = readEntry(text);
          return read.ok ? [watchOf({ id: text, watchlistId: "l", subdomains: true, lookalikes, ...read.entry })] : [];
        });
        const held = values.flatMap(([text, context]) =>
          detect(text).ok ? [ioc(text, { type: type(text), context })] : [],
        );
        const slow = watches.flatMap((one) =>
          held.filter((subject) => matchOf(one, subject)).map((subject) => [one, subject]),
        );
        const fast = matchesOf(watches, held).map((match) => [match.watch, match.subject]);
        expect(fast).toHaveLength(slow.length);
        expect(slow.every(([one, subject]) => fast.some(([a, b]) => a === one && b === subject))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("an entry is refused", () => {
  it.each([
    ["10.0.0.0/8", "never IOCs"],
    ["192.0.0.0/7", "wider than /8"],
    ["domain: com", "two labels"],
    ["domain: co.uk", "everybody registers under"],
    ["term: a b", "too short"],
    ["network: example.org", "not an IPv4"],
    ["value: example.org", "is a domain"],
    ["value: @example.org", "is a domain"],
    ["a\u0000b", ""],
    ["???", ""],
    ["192.0.2.999", ""],
  ])("%s: %s", (text, problem) => {
    const read = readEntry(text);
    expect(read.ok).toBe(false);
    if (!read.ok) expect([read.problem.includes(problem), read.allowed.length > 0]).toEqual([true, true]);
  });
});
