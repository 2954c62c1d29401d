import { expect, it } from "vitest";
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

/** Milliseconds of processor time: a busy machine does not count. */
function timeOf(kind: "text" | "html", piece: string, size: number): number {
  const body = piece.repeat(Math.ceil(size / piece.length));
  const before = process.cpuUsage();
  extractArticle({ title: "Title", url: "", publisherHosts: [], [kind]: body });
  return process.cpuUsage(before).user / 1_000;
}

it.each(cases)("takes time by the size of hostile %s: %j", (kind, piece) => {
  timeOf(kind, piece, 2_000);
  const small = timeOf(kind, piece, 10_000);
  const large = timeOf(kind, piece, 100_000);
  // Ten times the text; small figures are noise.
  expect(large).toBeLessThan(Math.max(30 * small, 300));
});

it("bounds what it reads of a page of ten megabytes", { timeout: 120_000 }, () => {
  for (const piece of ["<p>evil[.]example and more words of a report that goes on.</p>\n", "<div>"]) {
    expect(timeOf("html", piece, 10_000_000)).toBeLessThan(20_000);
  }
});
