import { expect, it } from "vitest";
import { cpuGrowth } from "../lib/testing";
import { maxHtml } from "./article-html";
import { extractArticle } from "./extraction";

const texts = [
  "a.",
  "[.]",
  "1.",
  "1.1.1.1 ",
  "a.com|",
  "a[.]com|b.com|",
  "IP:1.1.1.1,",
  "C2: a.com,",
  "|a.com",
  "a.com\tb.com\t",
  "a.com, ",
  "a.com/[",
  "_a.com_",
  "a.b_",
  "a.com-",
  "deadbeef12345678 ",
  "deadbeef12345678\n",
  "t1059_",
  "&#46;",
  "\\[",
  "http://",
  "http://a)",
  "hxxp://a[.]com/,",
  "(",
  "a@",
  "::",
  " dot ",
  "\\.",
  "|",
  "0123456789abcdef",
  "%20",
  "**a",
  "[a](",
  "energy and ",
  "released a ",
  "CVSS ",
  "1,",
  "Play ",
  "not ",
  "a\n",
  "\u{1f600}",
  "\u200b",
];
const pages = [
  "<",
  "<div>",
  "<p>",
  "<a href=x>",
  "<table><tr><td>",
  "<!--",
  "<a ",
  "<nav>",
  "&amp;",
  "<b><i>",
  "<svg>",
  "<pre>a\n",
  "<li>",
  "<article>",
  "</p>",
];
const cases = [...texts.map((piece) => ["text", piece] as const), ...pages.map((piece) => ["html", piece] as const)];

const title = { title: "Title", url: "", publisherHosts: [] };

it.each(cases)("takes time by the size of hostile %s: %j", (kind, piece) => {
  const growth = cpuGrowth(
    (body) => extractArticle({ ...title, [kind]: body }),
    (size) => piece.repeat(Math.ceil(size / piece.length)),
    40_000,
  );
  expect(growth).toBeLessThan(2.5);
});

it.each(["<p>evil[.]example and more words of a report that goes on.</p>\n", "<div>"])(
  "bounds what it reads of a page of more than ten megabytes: %j",
  (piece) => {
    const page = piece.repeat(maxHtml / piece.length + 1);
    const read = extractArticle({ ...title, html: page });
    expect(extractArticle({ ...title, html: `${page}<p>Contacts evil[.]net and CVE-2026-1234.</p>` })).toEqual(read);
  },
);
