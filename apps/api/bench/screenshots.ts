/**
 * A picture of every page and dialog of the dashboard, light and dark, at 390, 1,440 and 2,560 pixels, on the sample set:
 *
 *   npm run -s screenshots -- [--to .screenshots] [--only lookup] [--widths 390,1440]
 *
 * Starts the built program on a database of its own and ends it. Says which pages scroll sideways, complain or ask another
 * host, and fails where one does.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { launchBrowser, watchedPage } from "../src/e2e/browser";
import { startServer } from "../src/e2e/server";

const { values } = parseArgs({
  options: {
    to: { type: "string", default: ".screenshots" },
    only: { type: "string", default: "" },
    widths: { type: "string", default: "390,1440,2560" },
  },
});
const widths = values.widths.split(",").map(Number);
const person = { email: "op@tocsin.example", password: "correct horse battery" };

type Shot = { name: string; path: string; before?: (page: Page) => Promise<unknown> };

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const first = (prefix: string) => async (page: Page) => {
  await page.locator(`main a[href^="${prefix}"]`).first().click();
  await page.waitForURL(new RegExp(`${prefix}[^/]`));
};
const text = "The loader fetched hxxp://malware[.]example/dropper from 198.51.100[.]7 (T1105), then CVE-2026-0001.";

const shots: Shot[] = [
  { name: "overview", path: "/" },
  { name: "iocs", path: "/iocs" },
  { name: "iocs-export", path: "/iocs", before: press(/^Export/) },
  { name: "lookup-empty", path: "/lookup" },
  { name: "lookup", path: "/iocs", before: openLookup },
  ...["sources", "relations", "articles", "hunt", "raw"].map((tab) => ({
    name: `lookup-${tab}`,
    path: "/iocs",
    before: async (page: Page) => {
      await openLookup(page);
      await page.getByRole("tab", { name: new RegExp(tab, "i") }).click();
    },
  })),
  {
    name: "lookup-watch",
    path: "/iocs",
    before: async (page) => {
      await openLookup(page);
      await page.getByRole("button", { name: "Watch", exact: true }).click();
    },
  },
  { name: "lookup-unknown", path: "/lookup?value=unknown.example" },
  {
    name: "paste",
    path: "/paste",
    before: async (page) => {
      await page.getByLabel("Text").first().fill(text);
      await page.getByRole("button", { name: "Find indicators" }).click();
      await page.getByRole("heading", { name: "Text" }).waitFor();
    },
  },
  { name: "articles", path: "/articles" },
  { name: "article", path: "/articles", before: first("/articles/") },
  { name: "attack", path: "/attack" },
  { name: "attack-technique", path: "/attack/technique/T1071" },
  { name: "attack-cve", path: "/attack/cve/CVE-2026-0001" },
  { name: "exports", path: "/exports" },
  { name: "taxii", path: "/taxii" },
  { name: "watchlists", path: "/watchlists" },
  { name: "watchlists-create", path: "/watchlists", before: press("Create watchlist") },
  { name: "watchlist", path: "/watchlists", before: first("/watchlists/") },
  { name: "watchlist-entries", path: "/watchlists", before: openEntries },
  { name: "triage", path: "/triage?show=all" },
  { name: "triage-empty", path: "/triage?risk=100" },
  { name: "triage-groups", path: "/triage?show=all&group=entry" },
  { name: "triage-match", path: "/triage?show=all", before: openMatch },
  { name: "feeds", path: "/feeds" },
  { name: "feeds-add", path: "/feeds", before: press(/^Add feed/) },
  { name: "warninglists", path: "/warninglists" },
  { name: "keys", path: "/keys" },
  { name: "keys-create", path: "/keys", before: press("Create key") },
  { name: "key", path: "/keys", before: first("/keys/") },
  { name: "notices", path: "/notices" },
  { name: "audit", path: "/audit" },
  { name: "operator", path: "/operator" },
  ...["profile", "security", "members", "workspace", "notices", "tokens"].map((tab) => ({
    name: `settings-${tab}`,
    path: `/settings/${tab}`,
  })),
  { name: "docs", path: "/docs" },
];

async function openMatch(page: Page): Promise<void> {
  await page.locator("tr[data-row='0'] td").nth(2).click();
  await page.getByRole("heading", { name: "Comments" }).waitFor();
}

async function openEntries(page: Page): Promise<void> {
  await first("/watchlists/")(page);
  await press(/^Add entries/)(page);
  await page.getByRole("textbox", { name: "Entries" }).fill("malware.example\nphish.example");
  await press("Preview")(page);
  await page.getByText(/^Look-alikes/).waitFor();
}

async function openLookup(page: Page): Promise<void> {
  const value = await page.evaluate(async () => {
    const answer = await fetch("/api/trpc/iocs.list?input=%7B%22limit%22%3A%221%22%2C%22min_risk%22%3A%2240%22%7D");
    return (await answer.json()).result?.data?.data?.[0]?.value as string | undefined;
  });
  await page.goto(new URL(`/lookup?value=${encodeURIComponent(value ?? "malware.example")}`, page.url()).href);
  await page.getByRole("tab").first().waitFor();
}

async function shoot(page: Page, url: string, shot: Shot): Promise<string[]> {
  const problems: string[] = [];
  for (const scheme of ["light", "dark"] as const) {
    for (const width of widths) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
      try {
        await page.goto(`${url}${shot.path}`);
        await page.getByRole("heading").first().waitFor();
        await shot.before?.(page);
        await page.waitForLoadState("networkidle");
      } catch (error) {
        problems.push(`${shot.name} at ${width}: ${String(error).split("\n")[0]}`);
      }
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) problems.push(`${shot.name} at ${width} scrolls sideways by ${over}`);
      await page.screenshot({ path: path.join(values.to, `${shot.name}-${scheme}-${width}.png`) });
    }
  }
  return problems;
}

fs.mkdirSync(values.to, { recursive: true });
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-screenshots-"));
const server = await startServer({
  TOCSIN_DATA_DIR: dataDir,
  TOCSIN_ADMIN_EMAIL: person.email,
  TOCSIN_ADMIN_PASSWORD: person.password,
});
const browser = await launchBrowser();
const complaints: string[] = [];
try {
  const page = await watchedPage(browser, server.url, complaints);
  page.setDefaultTimeout(15_000);
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel(/^Email/).fill(person.email);
  await page.getByRole("textbox", { name: /^Password/ }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation").first().waitFor();
  const loaded = await page.evaluate(async () => {
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/trpc/sample.load", { method: "POST", headers, body: "{}" })).status;
  });
  if (loaded !== 200) complaints.push(`the sample set was not loaded: ${loaded}`);
  for (const shot of shots.filter(({ name }) => name.includes(values.only))) {
    complaints.push(...(await shoot(page, server.url, shot)));
    console.log(shot.name);
  }
} finally {
  await browser.close();
  await server.kill("SIGTERM");
  fs.rmSync(dataDir, { recursive: true, force: true });
}
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;
