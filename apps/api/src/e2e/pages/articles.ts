import { describe, expect, it } from "vitest";
import { openUntil, type PageUnderTest } from "./page-under-test";

const title = "A wiper at the harbour";

/** For the folder of rss-schneier, whose feed is Atom. */
export const articleFeed = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:news</id><updated>${new Date().toISOString()}</updated>
<entry><title>${title}</title><id>urn:news:1</id><link href="https://www.schneier.com/blog/wiper.html"/>
<published>${new Date(Date.now() - 3_600_000).toISOString()}</published><updated>${new Date().toISOString()}</updated>
<content type="html">&lt;p&gt;It called hxxp://drop[.]evil-host[.]test/w.bin and 45.155.205[.]10 before it began.&lt;/p&gt;</content>
</entry></feed>
`;

export function testArticles(the: () => PageUnderTest): void {
  describe("the articles page", () => {
    it("lists an article that a feed brought, and finds it by its words alone", async () => {
      const { page } = the();
      const article = page.getByRole("article", { name: title });
      await openUntil(the(), "/articles", article);
      const search = page.getByLabel("Search articles");
      await search.fill("lighthouse");
      await search.press("Enter");
      await article.waitFor({ state: "hidden" });
      await search.fill("wiper");
      await search.press("Enter");
      await article.waitFor();
      expect(await page.getByRole("article").count()).toBe(1);
    });

    it("opens an article by the keyboard, with the indicators that its text names", async () => {
      const { page } = the();
      await page.getByRole("article", { name: title }).getByRole("link").first().focus();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: title }).waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/articles\/[0-9a-f-]{36}$/);
      for (const value of ["45.155.205.10", "http://drop.evil-host.test/w.bin"]) {
        await page.getByText(value).first().waitFor();
      }
    });
  });
}
