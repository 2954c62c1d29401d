import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { PageUnderTest } from "./page-under-test";

const screens = ["/", "/keys", "/feeds", "/iocs", "/triage?show=all"];
/** Each colour scheme at one width, and each width at one scheme. */
const looks = [
  { width: 1440, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
] as const;

export function testAccessibility(the: () => PageUnderTest): void {
  describe("axe finds nothing", () => {
    it.each(looks)("on the pages, $colorScheme at $width pixels", async ({ width, colorScheme }) => {
      const { page, server } = the();
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const found: string[] = [];
      for (const screen of screens) {
        await page.goto(`${server.url}${screen}`);
        await page.getByRole("heading", { level: 2 }).or(page.getByRole("row")).nth(1).waitFor();
        found.push(...(await violations(page)).map((each) => `${screen} ${each}`));
      }
      expect(found).toEqual([]);
    });

    it("on the page of a key, in its dialogs, the palette and the shortcuts", async () => {
      const { page, server } = the();
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${server.url}/keys`);
      await page.getByRole("link", { name: "Pages" }).first().click();
      await page.getByRole("heading", { name: "Networks" }).waitFor();
      const found = await violations(page);
      await page.getByRole("button", { name: "Revoke key" }).click();
      await page.getByLabel("Type the key's name to confirm").waitFor();
      found.push(...(await violations(page)));
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await page.locator("body").press("?");
      await page.getByRole("dialog").getByText("Next row").waitFor();
      found.push(...(await violations(page)));
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").waitFor();
      found.push(...(await violations(page)));
      expect(found).toEqual([]);
      await page.keyboard.press("Escape");
    });
  });
}

/** By the rules of WCAG 2.2 A and AA: the rule and where it is broken. */
async function violations(page: Page): Promise<string[]> {
  // Not by a script element, which the page's own policy refuses.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    const found = await loaded.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      resultTypes: ["violations"],
    });
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}
