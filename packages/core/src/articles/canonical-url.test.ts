import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalUrl } from "./canonical-url";

describe("canonicalUrl", () => {
  it.each([
    ["https://News.Example/A?utm_source=rss&utm_medium=feed#x", "https://news.example/A"],
    ["https://news.example:443/a?id=7&fbclid=1", "https://news.example/a?id=7"],
    ["https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"],
    ["https://user:pass@news.example./a", "https://news.example/a"],
    ["https://news.example/a?ref=rss", "https://news.example/a"],
    ["https://news.example/a?ref=7", "https://news.example/a?ref=7"],
    ["http://news.example", "http://news.example/"],
    ["https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"],
  ])("of %s is %s", (text, canonical) => expect(canonicalUrl(text)).toBe(canonical));

  it.each([
    "",
    "javascript:alert(1)",
    "ftp://news.example/",
    "//news.example/",
    `https://news.example/${"a".repeat(2_000)}`,
  ])("there is none of %j", (text) => expect(canonicalUrl(text)).toBeNull());

  it("is its own canonical address", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const once = canonicalUrl(url);
        if (once !== null) expect(canonicalUrl(once)).toBe(once);
      }),
    );
  });
});
