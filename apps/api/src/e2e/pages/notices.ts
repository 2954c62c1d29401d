import { describe, expect, it } from "vitest";
import { openUntil, type PageUnderTest } from "./page-under-test";
import { watchlist } from "./watchlists";

export function testNotices(the: () => PageUnderTest): void {
  describe("the notices page", () => {
    it("tells of a watched value that a pull brings", async () => {
      const { page, server, write } = the();
      write("openphish/feed.txt", "https://login.phish.example/verify\nhttps://new.phish.example/\n");
      await page.goto(`${server.url}/feeds`);
      await page.getByRole("button", { name: /pull now.*OpenPhish/i }).click();
      const notice = page.getByRole("listitem").filter({ hasText: watchlist });
      await openUntil(the(), "/notices", notice.first());
      expect(await notice.first().getByRole("heading").textContent()).toContain(watchlist);
    });

    it("marks it as read, which takes it off the unread ones", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/notices?show=unread`);
      const notice = page.getByRole("listitem").filter({ hasText: watchlist });
      await notice.first().waitFor();
      await notice.first().getByRole("button").press("Enter");
      await expect.poll(() => notice.count()).toBe(0);
    });

    it("leads to the watchlist", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/notices`);
      const notice = page.getByRole("listitem").filter({ hasText: watchlist });
      await notice.first().getByRole("link").first().click();
      await page.getByRole("heading", { name: watchlist }).waitFor();
      await page.getByRole("link", { name: "https://new.phish.example/" }).waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/watchlists\//);
    });
  });
}
