import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countRecords, type PageUnderTest } from "./page-under-test";

const name = "Our honeypots";

export function testOwnFeeds(the: () => PageUnderTest): void {
  describe("a feed of the operator's own", () => {
    let source: http.Server;
    beforeAll(async () => {
      source = http.createServer((_request, response) => response.end("45.60.1.1\n45.60.1.2\nnot an address\n"));
      await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
    });
    afterAll(async () => {
      source.closeAllConnections();
      await new Promise((resolve) => source.close(resolve));
    });

    it("is looked at before it is added, and then pulled", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/feeds`);
      await page.getByRole("button", { name: "Add feed" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Name" }).fill(name);
      await dialog
        .getByRole("textbox", { name: "URL", exact: true })
        .fill(`http://127.0.0.1:${(source.address() as AddressInfo).port}/list.txt`);
      await dialog.getByRole("button", { name: "Preview" }).click();
      const preview = dialog.getByRole("region", { name: "Preview" });
      await preview.getByText("45.60.1.1").first().waitFor();
      expect(await countRecords(the(), "source=own-our-honeypots")).toBe(0);
      await dialog.getByRole("button", { name: "Add feed" }).press("Enter");
      await page.waitForURL(/feed=own-our-honeypots/);
      await expect
        .poll(() => countRecords(the(), "source=own-our-honeypots"), { timeout: 120_000, interval: 500 })
        .toBe(2);
    });

    it("refuses an address that is none, beside the field", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/feeds`);
      await page.getByRole("button", { name: "Add feed" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Name" }).fill("Nowhere");
      const url = dialog.getByRole("textbox", { name: "URL", exact: true });
      await url.fill("nowhere");
      await url.press("Enter");
      await expect.poll(() => url.getAttribute("aria-invalid")).toBe("true");
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
    });

    it("is deleted, while what it brought stays", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/feeds?feed=own-our-honeypots`);
      const drawer = page.getByRole("dialog");
      await drawer.getByRole("button", { name: "Delete feed" }).click();
      await drawer.getByRole("alert").getByRole("button", { name: "Delete feed" }).click();
      await drawer.waitFor({ state: "hidden" });
      await page.goto(`${server.url}/feeds`);
      await page.getByText("OpenPhish").first().waitFor();
      expect(await page.getByText(name).count()).toBe(0);
      expect(await countRecords(the(), "source=own-our-honeypots")).toBe(2);
    });
  });
}
