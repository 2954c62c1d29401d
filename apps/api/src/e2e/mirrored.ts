import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser, watchedPage } from "./browser";
import { type Server, startServer } from "./server";

/** A server with one feed, OpenPhish, which is a file; and a browser on it. */
export type Mirrored = {
  server: Server;
  /** Console errors and requests to other hosts: neither may ever be. */
  complaints: string[];
  /** Of a session of its own. */
  newPage: () => Promise<Page>;
  close: () => Promise<void>;
};

export const person = { email: "op@tocsin.example", password: "correct horse battery" };

export async function startMirrored(feed: string, env: Record<string, string> = {}): Promise<Mirrored> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin e2e "));
  fs.mkdirSync(path.join(folder, "mirror", "openphish"), { recursive: true });
  fs.writeFileSync(path.join(folder, "mirror", "openphish", "feed.txt"), feed);
  const server = await startServer({
    TOCSIN_DATA_DIR: path.join(folder, "data"),
    TOCSIN_FEEDS: "openphish",
    TOCSIN_FEED_MIRROR: path.join(folder, "mirror"),
    ...env,
  });
  const browser = await launchBrowser();
  const complaints: string[] = [];
  return {
    server,
    complaints,
    newPage: () => watchedPage(browser, server.url, complaints),
    close: async () => {
      await browser.close();
      await server.kill("SIGTERM");
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
