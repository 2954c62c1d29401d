import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BodyError, type ParsedArticle, type ReadState } from "../definition/layout";
import { newsLayouts } from "./news";
import { atom, jsonFeed, rdf, rss } from "./news-samples";

const layouts = newsLayouts("https://home.example/");

async function read(body: Uint8Array | string): Promise<{ layout: string; rows: ParsedArticle[]; state: ReadState }> {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const head = new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-8").decode(bytes.subarray(0, 65_536));
  const layout = layouts.find((candidate) => candidate.fits(head));
  if (!layout) return { layout: "none", rows: [], state: { lines: 0 } };
  const state: ReadState = { lines: 0 };
  const rows: ParsedArticle[] = [];
  for await (const group of layout.read(chunks(bytes), state)) rows.push(...group);
  return { layout: layout.name, rows, state };
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

async function articles(body: Uint8Array | string) {
  const { rows } = await read(body);
  return rows.map((row) => ("article" in row ? row.article : row.problem));
}

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
const item = (inner: string, attributes = "") =>
  `<rss version="2.0"${attributes}><channel><item>${inner}</item></channel></rss>`;
const linked = "<link>https://news.example/1</link>";

describe("a feed of news", () => {
  it("in RSS 2.0 gives title, link, both texts, picture and time", async () => {
    expect(await articles(rss)).toEqual([
      {
        url: "https://news.example/2026/wiper?utm_source=rss",
        title: "Wiper &amp; worm: <b>two</b> at once",
        summary: "<p>Two in one.</p>",
        body: "<p>It calls <code>evil[.]example</code> &amp; waits.</p>",
        imageUrl: "https://home.example/wiper.png",
        publishedAt: new Date("2026-11-21T07:30:00Z"),
      },
    ]);
    expect((await read(rss)).rows[0]?.line).toBe(7);
  });

  it("in Atom gives plain titles as markup, takes the alternate link, and keeps XHTML", async () => {
    expect(await articles(atom)).toEqual([
      {
        url: "https://atom.example/blog/posts/1",
        title: "Use of &lt;script&gt; in AT&amp;T pages",
        summary: "Short &mdash; and <i>sweet</i>",
        body: '<div xmlns="http://www.w3.org/1999/xhtml"><p>5 &lt; 6, <a href="x?a=1&amp;b=2">see</a></p></div>',
        imageUrl: null,
        publishedAt: new Date("2026-11-21T14:30:00Z"),
      },
    ]);
  });

  it("in RSS 1.0 finds the items beside the channel", async () => {
    expect(await articles(rdf)).toMatchObject([
      { url: "https://cert.example/at/1.html", title: "Alert", body: null, publishedAt: new Date("2026-11-21T09:00Z") },
    ]);
  });

  it("in JSON gives plain text as markup", async () => {
    expect(await articles(jsonFeed)).toEqual([
      {
        url: "https://home.example/notes/1",
        title: "a &lt; b &amp; c",
        summary: "Short",
        body: "<pre>Line one\nLine &lt;two&gt;</pre>",
        imageUrl: "https://img.example/1.png",
        publishedAt: new Date("2026-11-21T09:30:00Z"),
      },
    ]);
  });

  it.each([
    ["RSS", rss],
    ["Atom", atom],
    ["RSS 1.0", rdf],
    ["JSON Feed", jsonFeed],
  ])("is known as %s", async (name, body) => {
    expect((await read(body)).layout).toBe(name);
    expect((await read(`<!-- by hand -->\n${body}`)).layout).toBe(name === "JSON Feed" ? "none" : name);
  });
});

describe("an encoding", () => {
  const words = "Prüfung – “zitiert”";
  const body = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?>${item(`<title>${words}</title>${linked}`)}`;
  const cp1252 = (text: string) =>
    Buffer.from(text.replace("–", "\u0096").replace("“", "\u0093").replace("”", "\u0094"), "latin1");
  it.each([
    ["UTF-8", Buffer.from(body("utf-8"))],
    ["UTF-8 with a mark", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(body("utf-8"))])],
    ["UTF-16 with a mark", utf16(body("utf-16"))],
    ["windows-1252, as it says", cp1252(body("windows-1252"))],
    ["windows-1252, though it says UTF-8", cp1252(body("utf-8"))],
    ["ISO 8859-1, which means windows-1252", cp1252(body("ISO-8859-1"))],
    ["UTF-8, though it says UTF-16", Buffer.from(body("utf-16"))],
    ["UTF-8, though it says what nobody knows", Buffer.from(body("klingon"))],
  ])("of %s is read", async (_name, bytes) => {
    expect(await articles(bytes)).toMatchObject([{ title: words }]);
  });

  it("does not matter to line ends", async () => {
    expect(await articles(rss.replaceAll("\n", "\r\n"))).toEqual(await articles(rss));
  });
});

describe("markup as people write it", () => {
  it.each([
    ["an entity of HTML", item(`<title>a&nbsp;b &mdash; c</title>${linked}`), "a&nbsp;b &mdash; c"],
    ["a bare ampersand", item(`<title>R&D at AT&T</title>${linked}`), "R&D at AT&T"],
    ["an element that is never closed", item(`<title>a</title>${linked}<description>x <br> y</description>`), "a"],
    ["a closing tag too many", item(`<title>a</title></b>${linked}`), "a"],
    ["spaces around =", `<rss version = "2.0"><channel><item><title>a</title>${linked}</item></channel></rss>`, "a"],
    ["a line before the declaration", `\n<?xml version="1.0"?>${item(`<title>a</title>${linked}`)}`, "a"],
    [
      "a prefix of its own",
      '<a:feed xmlns:a="x"><a:entry><a:title>a</a:title><a:link href="https://news.example/1"/></a:entry></a:feed>',
      "a",
    ],
  ])("with %s is read", async (_name, body, title) => {
    const { rows, state } = await read(body);
    expect(state.cut).toBeUndefined();
    expect(rows).toMatchObject([{ article: { title, url: "https://news.example/1" } }]);
  });

  it.each([
    ["the guid where there is no link", "<guid>https://news.example/g</guid>", "https://news.example/g"],
    ["no guid that says it is no link", '<guid isPermaLink="false">https://news.example/g</guid>', "no link"],
    [
      "FeedBurner's origin",
      `${linked}<feedburner:origLink>https://news.example/o</feedburner:origLink>`,
      "https://news.example/o",
    ],
    ["no link but the web's", "<link>javascript:alert(1)</link>", "no link"],
    ["a relative link", "<link>/a?b</link>", "https://home.example/a?b"],
  ])("gives %s", async (_name, inner, expected) => {
    const [first] = await articles(item(`<title>t</title>${inner}`));
    if (typeof first === "string") expect(first).toContain(expected);
    else expect(first?.url).toBe(expected);
  });

  it("refuses an item that says nothing, and keeps the others", async () => {
    const body = `<rss><channel><item>${linked}</item><item><title>t</title>${linked}</item></channel></rss>`;
    expect(await articles(body)).toMatchObject(["the item has neither a title nor a text", { title: "t" }]);
  });
});

describe("a body that is no feed of news", () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");
  it.each([
    [
      "entities that unfold",
      `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]>${item(`<title>&l9;</title>${linked}`)}`,
    ],
    [
      "an entity of a file",
      `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${item(`<title>&x;</title>${linked}`)}`,
    ],
    ["an entity by parameter", `<!DOCTYPE rss [ <!ENTITY % p SYSTEM "http://192.0.2.1/x"> %p; ]>${item(linked)}`],
  ])("for %s is refused", async (_name, body) => {
    await expect(read(body)).rejects.toThrow("declares entities of its own");
  });

  it("may name a document type that it does not declare", async () => {
    const type = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://192.0.2.1/rss-0.91.dtd">';
    expect(await articles(`${type}${item(`<title>t</title>${linked}`)}`)).toMatchObject([{ title: "t" }]);
  });

  it.each([
    ["<!DOCTYPE html><html><body>Sorry</body></html>"],
    ["<html><head><title>503</title></head><body><rss></rss></body></html>"],
    ["<ioc xmlns='http://schemas.mandiant.com/2010/ioc'></ioc>"],
    ['{"error":"no"}'],
    ["192.0.2.1\n"],
    [""],
  ])("fits no layout: %j", async (body) => expect((await read(body)).layout).toBe("none"));

  it("is refused when it nests too deep", async () => {
    await expect(read(item("<a>".repeat(300)))).rejects.toThrow(BodyError);
  });

  it.each([
    ["RSS", rss],
    ["Atom", atom],
    ["RDF", rdf],
  ])("is cut wherever %s ends before its end", async (_name, body) => {
    const whole = body.trimEnd();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: whole.indexOf("<channel") + 1 || 120, max: whole.length - 1 }),
        async (end) => {
          const { rows, state } = await read(whole.slice(0, end));
          expect([rows.length, state.cut !== undefined]).toEqual([0, true]);
        },
      ),
    );
  });

  it("is cut where JSON ends before its end", async () => {
    await expect(read(jsonFeed.slice(0, -5))).rejects.toThrow("ends before its end");
  });

  it.each([
    ["RSS", (items: number) => `<rss><channel>${"<item/>".repeat(items)}</channel></rss>`],
    [
      "JSON Feed",
      (items: number) =>
        JSON.stringify({
          version: "https://jsonfeed.org/version/1.1",
          items: Array.from({ length: items }, () => ({})),
        }),
    ],
  ])("is no feed of news with more than 5,000 items: %s", async (_name, body) => {
    expect((await read(body(5_000))).rows).toHaveLength(5_000);
    await expect(read(body(5_001))).rejects.toThrow("more than 5000 items");
  });

  it("throws nothing but BodyError, whatever it holds", async () => {
    const pieces = fc.constantFrom(
      "<",
      ">",
      "&",
      "<item>",
      "</item>",
      "<link>",
      "<![CDATA[",
      "]]>",
      '"',
      "/",
      "x",
      "\0",
      "é",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 60 }), async (parts) => {
        await read(`<rss><channel>${parts.join("")}</channel></rss>`).catch((error: unknown) => {
          expect(error).toBeInstanceOf(BodyError);
        });
      }),
      { numRuns: 300 },
    );
  });
});
