import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser, watchedPage } from "./browser";
import { type Server, startServer } from "./server";

/** A server whose feeds are files, OpenPhish first; and a browser on it. */
export type Mirrored = {
  server: Server;
  /** Writes a file of a feed, which the next pull reads: `openphish/feed.txt`. */
  write: (file: string, text: string) => void;
  /** Console errors and requests to other hosts: neither may ever be. */
  complaints: string[];
  /** Of a session of its own. */
  newPage: () => Promise<Page>;
  close: () => Promise<void>;
};

export const person = { email: "op@tocsin.example", password: "correct horse battery" };

/** What makes `person` the operator at the start. */
export const operatorEnv = { TOCSIN_ADMIN_EMAIL: person.email, TOCSIN_ADMIN_PASSWORD: person.password };

export async function startMirrored(
  openphish: string,
  env: Record<string, string> = {},
  files: Record<string, string> = {},
): Promise<Mirrored> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin e2e "));
  const mirror = path.join(folder, "mirror");
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(mirror, file)), { recursive: true });
    fs.writeFileSync(path.join(mirror, file), text);
  };
  for (const [file, text] of Object.entries({ "openphish/feed.txt": openphish, ...files })) write(file, text);
  const server = await startServer({
    TOCSIN_DATA_DIR: path.join(folder, "data"),
    TOCSIN_FEEDS: fs.readdirSync(mirror).join(","),
    TOCSIN_FEED_MIRROR: mirror,
    ...env,
  });
  const browser = await launchBrowser();
  const complaints: string[] = [];
  return {
    server,
    write,
    complaints,
    newPage: () => watchedPage(browser, server.url, complaints),
    close: async () => {
      await browser.close();
      await server.kill("SIGTERM");
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Signs `person` in on the form. */
export async function signInOn(page: Page, server: Server): Promise<void> {
  await page.goto(server.url);
  await page.getByLabel(/^Email/).fill(person.email);
  await page.getByRole("textbox", { name: /^Password/ }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation").getByText("API keys").waitFor();
}
