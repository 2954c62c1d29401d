import { describe, expect, it } from "vitest";
import { signInOn } from "../mirrored";
import type { PageUnderTest } from "./page-under-test";

export function testKeys(the: () => PageUnderTest): void {
  testTable(the);
  testPalette(the);
  testStaying(the);
}

function testTable(the: () => PageUnderTest): void {
  describe("the table of keys", () => {
    it("is sorted by its heads, in the address too, and Back undoes it", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/keys`);
      await page.getByRole("link", { name: "Pages" }).first().waitFor();
      await page.getByRole("columnheader").getByRole("button", { name: "Name" }).click();
      await page.waitForURL(/sort=name/);
      await page.getByRole("columnheader", { name: "Name" }).and(page.locator("[aria-sort=ascending]")).waitFor();
      await page.goBack();
      await page.waitForURL((url) => !url.search.includes("sort"));
      expect(new URL(page.url()).pathname).toBe("/keys");
    });

    it("selects by the keyboard, and extends what is selected", async () => {
      const { page } = the();
      await page.getByRole("link", { name: "Pages" }).first().waitFor();
      await page.locator("body").press("j");
      await page.keyboard.press("x");
      await page.getByRole("toolbar").getByRole("button", { name: "Extend" }).click();
      const dialog = page.getByRole("dialog", { name: "Extend keys" });
      await dialog.getByRole("button", { name: "Extend keys" }).click();
      await dialog.getByText("1 key extended.").waitFor();
      await dialog.getByRole("button", { name: "Done" }).click();
      await dialog.waitFor({ state: "hidden" });
      expect(await page.getByRole("toolbar").count()).toBe(0);
    });

    it("stays small in the page", async () => {
      const { page } = the();
      expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThanOrEqual(1_500);
    });
  });
}

function testPalette(the: () => PageUnderTest): void {
  describe("the command palette", () => {
    it("opens from within a field, takes what is typed, and goes to a key", async () => {
      const { page } = the();
      await page.getByRole("searchbox", { name: "Search keys" }).press("Control+k");
      const palette = page.getByRole("dialog");
      await palette.getByRole("combobox").waitFor();
      await expect
        .poll(() => palette.getByRole("combobox").evaluate((field) => field === document.activeElement))
        .toBe(true);
      await page.keyboard.type("pages");
      await palette
        .getByRole("option", { name: /^Pages/ })
        .first()
        .waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/keys\/[0-9a-f-]{36}/);
      await page.getByRole("heading", { name: "Pages" }).waitFor();
      expect(await palette.count()).toBe(0);
    });

    it("shows the verdict on a pasted value in place", async () => {
      const { page } = the();
      await page.locator("body").press("/");
      const palette = page.getByRole("dialog");
      await palette.getByRole("combobox").fill("hxxps://nowhere[.]example/x");
      await palette.getByRole("option", { name: /https:\/\/nowhere\.example\/x.*not reported/ }).waitFor();
      await page.keyboard.press("Escape");
      await palette.waitFor({ state: "hidden" });
      await page.locator("body").press("g");
      await page.keyboard.press("k");
      await page.waitForURL(/\/keys$/);
      expect(new URL(page.url()).pathname).toBe("/keys");
    });
  });
}

function testStaying(the: () => PageUnderTest): void {
  describe("a page", () => {
    it("stays while the server is away, says so, and goes on when it is back", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/keys`);
      await page.getByRole("link", { name: "Pages" }).first().waitFor();
      const note = page.getByText("The server does not answer");
      await page.route(/\/(api|readyz)/, (route) => route.abort());
      await page
        .getByRole("radiogroup", { name: "State" })
        .getByText(/^Expired/)
        .click();
      await note.waitFor();
      expect(await page.getByRole("heading", { name: "API keys" }).isVisible()).toBe(true);
      await page.unroute(/\/(api|readyz)/);
      await note.waitFor({ state: "hidden" });
      await page.getByText("No matching keys").waitFor();
    });

    it("keeps what was typed when the session ends, and goes on after a sign-in in another tab", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/keys?create=true`);
      const field = page.getByRole("dialog", { name: "Create key" }).getByLabel(/^Name/);
      await field.fill("Typed before");
      await page.context().clearCookies();
      await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
      const ended = page.getByRole("dialog", { name: "Your session has ended" });
      await ended.waitFor();
      const tab = await page.context().newPage();
      await signInOn(tab, server);
      await tab.close();
      await ended.getByRole("button", { name: "Go on" }).click();
      await ended.waitFor({ state: "hidden" });
      expect(await field.inputValue()).toBe("Typed before");
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    });
  });
}
