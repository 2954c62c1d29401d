import { describe, expect, it } from "vitest";
import { openUntil, type PageUnderTest } from "./page-under-test";

export const watchlist = "Our banks";

export function testWatchlists(the: () => PageUnderTest): void {
  describe("the watchlists pages", () => {
    it("make a list by the keyboard alone", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/watchlists`);
      await page.getByRole("button", { name: "Create watchlist" }).first().focus();
      await page.keyboard.press("Enter");
      const name = page.getByRole("dialog").getByLabel("Name");
      await expect.poll(() => name.evaluate((input) => input === document.activeElement)).toBe(true);
      await page.keyboard.type(watchlist);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/watchlists\/[0-9a-f-]{36}/);
      await page.getByRole("heading", { name: watchlist }).waitFor();
    });

    it("add entries, and show what the feeds hold of them", async () => {
      const { page } = the();
      await page
        .getByRole("button", { name: /^Add entries/ })
        .first()
        .click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Entries" }).fill("phish.example\n# a comment\n198.51.100.0/24");
      await dialog.getByRole("button", { name: /^Add/ }).last().click();
      await dialog.waitFor({ state: "hidden" });
      const { pathname } = new URL(page.url());
      await openUntil(the(), pathname, page.getByRole("link", { name: "https://login.phish.example/verify" }));
      await page.getByRole("link", { name: "https://bank.phish.example/" }).waitFor();
      expect(await page.getByRole("tab").count()).toBe(2);
    });

    it("take a match off the open ones when it is acknowledged", async () => {
      const { page } = the();
      const open = page.getByRole("button", { name: /^Acknowledge: / });
      expect(await open.count()).toBe(2);
      await open.and(page.getByRole("button", { name: /bank\.phish\.example/ })).click();
      await page.getByRole("link", { name: "https://bank.phish.example/" }).waitFor({ state: "hidden" });
      expect(await open.count()).toBe(1);
    });

    it("list the watchlist with its name", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/watchlists`);
      await page.getByRole("link", { name: watchlist }).first().click();
      await page.getByRole("heading", { name: watchlist }).waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/watchlists\//);
    });
  });
}

export function testTriage(the: () => PageUnderTest): void {
  describe("the triage page", () => {
    it("works by the keyboard: acknowledges a group, undoes it, comments, and has all of it in the address", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/triage?group=entry`);
      const group = page.getByRole("button", { name: "phish.example", exact: true });
      await group.waitFor();
      await page.locator("body").press("j");
      await page.keyboard.press("e");
      await page.getByText(/match(?:es are| is) acknowledged/).waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await group.waitFor();
      await page.locator("body").press("j");
      await page.keyboard.press("Enter");
      await page.waitForURL(/entry=/);
      await page.getByRole("link", { name: "https://login.phish.example/verify" }).waitFor();
      await page.locator("body").press("j");
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Comment" }).fill("A test of ours");
      await dialog.getByRole("button", { name: "Comment" }).click();
      await dialog.getByText("A test of ours").waitFor();
      await page.goto(page.url());
      const again = page.getByRole("dialog").getByText("A test of ours");
      await again.waitFor();
      expect(await again.count()).toBe(1);
    });
  });
}
