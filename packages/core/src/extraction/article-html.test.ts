import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHtml } from "./article-html";

const text = (html: string) => readHtml(html).map((line) => line.text);
const filler = "The group sent messages to its victims and waited for them to answer, which they did. ".repeat(8);

describe("readHtml", () => {
  it("keeps the article and drops what surrounds it", () => {
    const page = `<!doctype html><html><head><title>No</title><style>p{}</style></head><body>
      <header><a href="/">Home</a></header><nav><ul><li>Menu</li></ul></nav>
      <div id="cookie-banner">We use cookies</div>
      <main><article class="post"><header><h1>Title of it</h1></header>
      <script>var evil = "evil[.]example"</script><p>${filler}</p><p>The end.</p>
      <form class="newsletter"><input value="x">Subscribe</form><div class="related-posts">Other</div></article></main>
      <div class="sidebar">Latest</div><footer>© Somebody</footer></body></html>`;
    expect(text(page)).toEqual(["Title of it", filler.trim(), "The end."]);
  });

  it("keeps what unfolds, boxes and forms around the text, and drops boxes beside the article", () => {
    const page = `<form id="page"><main><aside>Latest</aside><article><p>${filler}</p><aside>In short: evil[.]example</aside>
      <h2><button aria-expanded="false">Indicators of compromise</button></h2><div hidden aria-hidden="true">a[.]example</div>
      <button>Share</button></article></main></form>`;
    expect(text(page)).toEqual([filler.trim(), "In short: evil[.]example", "Indicators of compromise", "a[.]example"]);
  });

  it("reads a fragment of a feed whole", () => {
    expect(text("One  <b>bold</b>\n word.<br>Two<p>Three</p>")).toEqual(["One bold word.", "Two", "Three"]);
  });

  it("reads a page whole when what looks like its frame holds its text", () => {
    expect(text(`<nav><p>${filler}</p></nav>`)).toEqual([filler.trim()]);
  });

  it("keeps the cells of a table apart and its rows together", () => {
    const rows = readHtml(
      "<table><tr><th>Type</th><th>Value</th></tr><tr><td>Domain </td><td> <p>evil[.]example</p></td></tr></table>",
    );
    expect(rows[0]).toEqual({ text: "Type\tValue", kind: "row" });
    expect(rows.map((row) => row.text).join("\t")).toContain("evil[.]example");
  });

  it("does not break values at soft hyphens, <wbr>, zero-width characters or inline elements", () => {
    expect(text("ev&shy;il<wbr>[.]exam&#8203;ple and <span>198</span>[.]<span>51</span>[.]100[.]7")).toEqual([
      "evil[.]example and 198[.]51[.]100[.]7",
    ]);
  });

  it("keeps the lines of code, and knows code and headings", () => {
    expect(readHtml("<h2>IOCs</h2><pre><code>a[.]example\n  b[.]example</code></pre>")).toEqual([
      { text: "IOCs", kind: "heading", level: 2 },
      { text: "a[.]example", kind: "code" },
      { text: "  b[.]example", kind: "code" },
    ]);
  });

  it("takes the address of a link only where its text is cut short", () => {
    expect(text('<a href="https://evil.example/long/path">evil.example/lon…</a>')).toEqual([
      "https://evil.example/long/path",
    ]);
    expect(text('<a href="https://evil.example/long/path">https://evil.example/l...</a>')).toEqual([
      "https://evil.example/long/path",
    ]);
    expect(text('<a href="https://evil.example/">a report</a>')).toEqual(["a report"]);
  });

  it("reads addresses that a content network hides", () => {
    expect(text('<a class="__cf_email__" data-cfemail="2a484b4e6a4f5c4346044f524b475a464f"></a>')).toEqual([
      "bad@evil.example",
    ]);
  });

  it.each([
    "<p>One<p>Two</div></p><b>Three",
    "<P>One</P><p>Two<p>Three</section>",
    "<![CDATA[x]]><p>One<div>Two</p>Three",
  ])("mends %s", (html) => {
    expect(text(html).join(" ")).toMatch(/One.*Two.*Three/);
  });

  it("never throws, and never lets markup through as text", () => {
    const pieces = [
      "<",
      ">",
      "/",
      "p",
      "div",
      " class=",
      '"',
      "'",
      "&amp;",
      "&",
      "<!--",
      "-->",
      "<td>",
      "</a>",
      "<pre>",
      "\n",
      "text",
      "\ud800",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
        for (const line of readHtml(parts.join(""))) expect(line.text).not.toMatch(/[\n\ud800]/);
      }),
      { numRuns: 1_000 },
    );
  });
});
