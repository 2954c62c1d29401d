import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium } from "./browser";
import { type Mirrored, person, startMirrored } from "./mirrored";
import type { Server } from "./server";

const reason = "leaked in a public repository";
let mirrored: Mirrored;
let server: Server;
let page: Page;

beforeAll(async () => {
  if (!hasChromium) return;
  mirrored = await startMirrored("https://login.phish.example/verify\nhttps://bank.phish.example/\n<not a url>\n");
  server = mirrored.server;
  page = await mirrored.newPage();
});
afterAll(() => mirrored?.close());

const use = (key: string, query = "limit=10") =>
  fetch(`${server.url}/api/v1/iocs?${query}`, { headers: { authorization: `Bearer ${key}` } });

describe.skipIf(!hasChromium)("the dashboard, in a browser", () => {
  let key: string;

  it("takes the first operator in by the printed link, once", async () => {
    const link = /http:\/\/\S+\/setup\?token=\S+/.exec(server.output())?.[0];
    if (!link) throw new Error(`no link was printed:\n${server.output()}`);
    await page.goto(link);
    await page.getByLabel(/^Workspace/).fill("Blue team");
    await page.getByLabel(/^(Your )?name/i).fill("Olive Operator");
    await page.getByLabel(/^Email/).fill(person.email);
    await page.getByRole("textbox", { name: /^Password/ }).fill(person.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("navigation").getByText("API keys").waitFor();

    const second = await mirrored.newPage();
    await second.goto(link);
    const refusal = second.getByText(/already set up|not valid|sign in/i).first();
    await refusal.waitFor();
    expect(await refusal.isVisible()).toBe(true);
    await second.context().close();
  });

  it("makes a key and shows its secret this one time", async () => {
    await page.goto(`${server.url}/keys`);
    await page.getByRole("button", { name: "Create key" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(/^Name/).fill("SIEM Frankfurt");
    await dialog.getByRole("button", { name: "Create key" }).click();
    await dialog.getByText("It is shown only once").waitFor();
    key = /sk_live_[0-9A-Za-z]{49}/.exec((await dialog.textContent()) ?? "")?.[0] ?? "";
    expect(key).not.toBe("");
    expect(await dialog.textContent()).toContain("curl");
    await dialog.getByLabel("I have stored it").check();
    await dialog.getByRole("button", { name: "Done" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(await page.content()).not.toContain(key);
  });

  it("pulls a feed by its button, and shows the bad line", async () => {
    await page.goto(`${server.url}/feeds`);
    await page.getByRole("button", { name: "Pull now: OpenPhish" }).click();
    await expect.poll(async () => ((await (await use(key)).json()) as { meta: { total: number } }).meta.total).toBe(2);
    await page
      .getByText(/OpenPhish/)
      .first()
      .click();
    await page.getByText("<not a url>").first().waitFor();
  });

  it("answers a client with the key", async () => {
    const listed = await use(key);
    expect(listed.status).toBe(200);
    expect(await listed.json()).toMatchObject({
      data: expect.arrayContaining([expect.objectContaining({ value: "https://login.phish.example/verify" })]),
    });
    expect(await (await use(key, "format=txt")).text()).toContain("https://bank.phish.example/\n");
  });

  it("shows what came in", async () => {
    await page.goto(`${server.url}/iocs`);
    await page.getByText("https://login.phish.example/verify").first().waitFor();
    await page.goto(`${server.url}/lookup?value=${encodeURIComponent("hxxps://login[.]phish[.]example/verify")}`);
    await page.getByText("OpenPhish").first().waitFor();
    expect(await page.getByText("OpenPhish").first().isVisible()).toBe(true);
    await page.getByRole("tab", { name: "Relations" }).click();
    await page.waitForURL(/tab=relations/);
    await page.goBack();
    await page.getByRole("heading", { name: "Leads to" }).waitFor();
  });

  it("finds the indicators of a text, and keeps it by a link", async () => {
    await page.goto(`${server.url}/paste`);
    await page.getByLabel("Text").fill("A mail led to hxxps://login[.]phish[.]example/verify (T1566).");
    await page.getByRole("button", { name: "Find indicators" }).click();
    await page.getByRole("table").getByRole("link", { name: "https://login.phish.example/verify" }).waitFor();
    await page.getByRole("link", { name: "hxxps://login[.]phish[.]example/verify" }).waitFor();
    await page.getByRole("button", { name: "Keep by a link" }).click();
    await page.getByRole("dialog").getByLabel("Title").fill("Mail of Tuesday");
    await page.getByRole("dialog").getByRole("button", { name: "Keep" }).click();
    await page.waitForURL(/\/paste\/[0-9a-f-]{36}/);
    await page.getByRole("heading", { level: 1, name: "Mail of Tuesday" }).waitFor();
    const row = page.getByRole("table").getByRole("link", { name: "https://login.phish.example/verify" });
    await row.waitFor();
    expect(await row.count()).toBe(1);
  });

  it("rotates the key: both secrets work, until when is shown once the new one is used", async () => {
    await page.goto(`${server.url}/keys`);
    await page.getByRole("link", { name: "SIEM Frankfurt" }).first().click();
    await page.getByRole("button", { name: "Rotate" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "1 hour" }).check();
    await dialog.getByRole("button", { name: "Rotate key" }).click();
    await dialog.getByText("It is shown only once").waitFor();
    const old = key;
    key = /sk_live_[0-9A-Za-z]{49}/.exec((await dialog.textContent()) ?? "")?.[0] ?? "";
    await dialog.getByLabel("I have stored it").check();
    await dialog.getByRole("button", { name: "Done" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(await page.content()).not.toContain(key);
    await page.getByText(/works for 1 hour after the first request with the new one/).waitFor();
    expect([(await use(old)).status, (await use(key)).status]).toEqual([200, 200]);
    await page.reload();
    await page.getByText(/works until/).waitFor();
  });

  it("edits the key: its next request is decided by that", async () => {
    await page.getByRole("button", { name: "Edit" }).click();
    const dialog = page.getByRole("dialog");
    const addresses = dialog.getByRole("combobox", { name: "Allowed addresses" });
    await addresses.fill("198.51.100.0/24");
    await addresses.press("Enter");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect((await use(key)).status).toBe(403);
    await page.getByRole("button", { name: "Edit" }).click();
    await dialog.getByLabel("Remove all addresses").click();
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect((await use(key)).status).toBe(200);
  });

  it("revokes the key with a reason and the name, typed", async () => {
    await page.goto(`${server.url}/keys`);
    await page.getByRole("link", { name: "SIEM Frankfurt" }).first().click();
    await page.getByRole("button", { name: "Revoke key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Reason").fill(reason);
    expect(await dialog.getByRole("button", { name: "Revoke key" }).isDisabled()).toBe(true);
    await dialog.getByLabel("Type the key's name to confirm").fill("SIEM Frankfurt");
    await dialog.getByRole("button", { name: "Revoke key" }).click();
    await dialog.waitFor({ state: "hidden" });
  });

  it("refuses the client's next request", async () => {
    const refused = await use(key);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({
      error: { code: "invalid_api_key", request_id: refused.headers.get("x-request-id") },
    });
  });

  it("shows the reason with the key and in the audit log", async () => {
    await page.getByText(reason).first().waitFor();
    await page.goto(`${server.url}/audit`);
    await page.getByText(reason).first().waitFor();
    // The refused request of before is an event of its own, written within seconds.
    await expect
      .poll(
        async () => {
          await page.reload();
          await page.getByText(reason).first().waitFor();
          return page.getByText("invalid_api_key").count();
        },
        { timeout: 120_000, interval: 1_000 },
      )
      .toBeGreaterThan(0);
  });

  it("signs out and in again, and stays out with a wrong password", async () => {
    await page.context().clearCookies();
    await page.goto(`${server.url}/keys`);
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel(/^Email/).fill(person.email);
    await page.getByRole("textbox", { name: /^Password/ }).fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("alert").first().waitFor();
    await page.getByRole("textbox", { name: /^Password/ }).fill(person.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(/\/keys/);
    await page.getByText("SIEM Frankfurt").first().waitFor();
    expect(new URL(page.url()).pathname).toBe("/keys");
  });

  // Each page is loaded once: sixty loads in a row use up what a session may ask for in a minute.
  it.each([
    "/",
    "/keys",
    "/iocs",
    "/lookup",
    "/paste",
    "/attack",
    "/feeds",
    "/audit",
    "/settings/security",
    "/operator",
  ])("%s never scrolls sideways, narrow or wide, light or dark", async (screen) => {
    await page.goto(`${server.url}${screen}`);
    await page.getByRole("heading").first().waitFor();
    for (const width of [390, 768, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(over, `${screen} at ${width}, ${colorScheme}`).toBeLessThanOrEqual(0);
      }
    }
  });

  it("keeps the opened filters on a phone's screen", async () => {
    await page.setViewportSize({ width: 390, height: 900 });
    await page.goto(`${server.url}/iocs`);
    await page.getByRole("button", { name: "Filters" }).click();
    const box = await page.getByLabel("Risk").first().boundingBox();
    expect(box && box.x + box.width).toBeLessThanOrEqual(390);
  });

  it("never complained, and never asked another host", () => {
    expect(mirrored.complaints).toEqual([]);
  });
});
