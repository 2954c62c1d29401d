import fs from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { hasChromium } from "./browser";
import { type Mirrored, person, startMirrored } from "./mirrored";
import { type Server, signIn } from "./server";

let mirrored: Mirrored;
let server: Server;
let page: Page;
let key: string;

beforeAll(async () => {
  if (!hasChromium) return;
  mirrored = await startMirrored("https://login.phish.example/verify\nhttps://bank.phish.example/\n", {
    TOCSIN_ADMIN_EMAIL: person.email,
    TOCSIN_ADMIN_PASSWORD: person.password,
  });
  server = mirrored.server;
  key = await createKey();
  await vi.waitFor(async () => expect(await countHeld()).toBe(2), { timeout: 120_000, interval: 250 });
  page = await mirrored.newPage();
  await page.goto(server.url);
  await page.getByLabel(/^Email/).fill(person.email);
  await page.getByRole("textbox", { name: /^Password/ }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation").getByText("API keys").waitFor();
});
afterAll(() => mirrored?.close());

async function createKey(): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/keys`, {
    method: "POST",
    headers: {
      cookie: await signIn(server.url, person.email, person.password),
      origin: server.url,
      "content-type": "application/json",
    },
    body: JSON.stringify({ name: "Exports" }),
  });
  return ((await answer.json()) as { data: { key: string } }).data.key;
}

async function countHeld(): Promise<number> {
  const answer = await fetch(`${server.url}/api/v1/iocs`, { headers: { "x-api-key": key } });
  return ((await answer.json()) as { meta: { total: number } }).meta.total;
}

async function pick(format: string): Promise<void> {
  await page.getByRole("combobox", { name: "Format" }).click();
  await page.getByRole("option", { name: format, exact: true }).click();
}

/** What the page's own command answers when a shell runs its request with a key. */
async function runCommand(): Promise<Response> {
  const command = (await page.locator("code, pre").filter({ hasText: "curl" }).first().textContent()) ?? "";
  const url = /'(http[^']+)'/.exec(command)?.[1] ?? "";
  expect(command).toContain("$TOCSIN_KEY");
  expect(url).toContain(server.url);
  return fetch(url, { headers: { authorization: `Bearer ${key}` } });
}

async function download(): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  await page.getByText(/ saved$/).waitFor();
  return { name: file.suggestedFilename(), text: fs.readFileSync(await file.path(), "utf8") };
}

describe.skipIf(!hasChromium)("the exports page, in a browser", () => {
  it.each([
    ["CSV", "csv", "id,type,value"],
    ["STIX 2.1", "json", '"type":"bundle"'],
    ["Sigma rules", "yml", "title:"],
  ])("previews, commands and downloads %s", async (format, extension, text) => {
    await page.goto(`${server.url}/exports`);
    await pick(format);
    await page.getByText("login.phish.example/verify").first().waitFor();
    const answer = await (await runCommand()).text();
    expect(answer.replaceAll(/"\s*:\s*"/g, '":"')).toContain(text);
    const file = await download();
    expect(file.name).toMatch(new RegExp(`\\.${extension}$`));
    expect(file.text).toBe(answer);
  });

  it("takes the filters along", async () => {
    await page.goto(`${server.url}/exports?format=txt&type=ipv4`);
    await page.getByText(/^no matching records/).waitFor();
    const answer = await runCommand();
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });

  it("without a console error or a request to another host", () => {
    expect(mirrored.complaints).toEqual([]);
  });
});
