import fs from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

export const chromiumPath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
export const hasChromium = fs.existsSync(chromiumPath);
if (!hasChromium) console.log("skipped: the tests in a browser (no Chromium at CHROMIUM_PATH or /usr/bin/chromium)");

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page of its own session; console errors and requests to other hosts, neither of which may ever be, go to `complaints`. */
export async function watchedPage(browser: Browser, url: string, complaints: string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const opened = await context.newPage();
  opened.setDefaultTimeout(60_000);
  opened.on("pageerror", (error) => complaints.push(`${opened.url()}: ${error.message}`));
  opened.on("console", (message) => {
    // A refused request is an answer the page has to show, and is tested where it is shown.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      complaints.push(`${opened.url()}: ${message.text()}`);
    }
  });
  opened.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) complaints.push(request.url());
  });
  return opened;
}
