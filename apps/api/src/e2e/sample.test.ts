import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, launchBrowser, watchedPage } from "./browser";
import { type Server, startServer } from "./server";

const password = "correct horse battery";

// Nothing listens at the proxy: to this server every feed is as far away as on a machine without a network.
describe.skipIf(!hasChromium)(
  "on a machine without a network",
  () => {
    const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin sample "));
    const complaints: string[] = [];
    let server: Server;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      server = await startServer({
        TOCSIN_DATA_DIR: dataDir,
        TOCSIN_FEEDS: "openphish,feodo-csv,cisa-kev,ipsum",
        HTTPS_PROXY: "http://127.0.0.1:9",
        HTTP_PROXY: "http://127.0.0.1:9",
      });
      browser = await launchBrowser();
      page = await watchedPage(browser, server.url, complaints);
      // A set that is loaded on a machine that is merely slow takes its time.
      page.setDefaultTimeout(300_000);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.kill("SIGTERM");
      fs.rmSync(dataDir, { recursive: true, force: true });
    });

    it("set-up loads the sample set where it is asked to", async () => {
      await page.goto(`${server.url}/setup`);
      await page.getByLabel(/^Name/).fill("Ada");
      await page.getByLabel(/^Email/).fill("op@tocsin.example");
      await page.getByRole("textbox", { name: /^Password/ }).fill(password);
      await page.getByLabel(/^Workspace/).fill("Security");
      await page.getByRole("switch", { name: "Load sample data" }).check({ force: true });
      await page.getByRole("button", { name: "Create account" }).click();
      await page.getByText("Part of what you see is made up").waitFor();
      await page.goto(`${server.url}/keys`);
      await page.getByRole("link", { name: "Tocsin sample: SIEM connector" }).first().waitFor();
      expect(await page.getByText("Sample", { exact: true }).count()).toBeGreaterThanOrEqual(3);
    });

    it("the overview says in one sentence that nothing can be reached", async () => {
      await page.goto(server.url);
      await expect
        .poll(
          async () => {
            await page.reload();
            await page.getByText("Indicators by type").waitFor();
            return page.getByText("No feed can be reached").count();
          },
          { timeout: 300_000, interval: 2_000 },
        )
        .toBe(1);
      await page.getByText("0 failing, 0 held back").waitFor();
      const said = server.output().match(/no feed can be reached/g) ?? [];
      expect(said.length).toBeGreaterThanOrEqual(1);
      expect(said.length).toBeLessThanOrEqual(2);
    });

    it("the sample set is removed by one button, and offered again", async () => {
      await page.goto(server.url);
      await page.getByRole("button", { name: "Remove sample data" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
      await page.getByRole("button", { name: "Load sample data" }).waitFor();
      await page.goto(`${server.url}/keys`);
      await page.getByText("No keys yet").waitFor();
      await page.goto(`${server.url}/feeds`);
      await page.getByText("No feed can be reached from this server").waitFor();
      expect(await page.getByText("Tocsin sample").count()).toBe(0);
    });

    it("no page complained or asked another host", () => {
      expect(complaints).toEqual([]);
    });
  },
  900_000,
);
