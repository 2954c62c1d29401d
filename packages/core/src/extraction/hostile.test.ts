import { expect, it } from "vitest";
import { maxHtml } from "./article-html";
import { extractArticle } from "./extraction";

const title = { title: "Title", url: "", publisherHosts: [] };

it.each(["<p>evil[.]example and more words of a report that goes on.</p>\n", "<div>"])(
  "bounds what it reads of a page of more than ten megabytes: %j",
  (piece) => {
    const page = piece.repeat(maxHtml / piece.length + 1);
    const read = extractArticle({ ...title, html: page });
    expect(extractArticle({ ...title, html: `${page}<p>Contacts evil[.]net and CVE-2026-1234.</p>` })).toEqual(read);
  },
);
