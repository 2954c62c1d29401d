import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Mirrored } from "../mirrored";

/** What every page's tests share: one server, one browser page that an operator has signed in on, a key of theirs. */
export type PageUnderTest = Mirrored & { page: Page; key: string };

/** Opens the address again until it shows what a worker brings in the background. */
export async function openUntil({ page, server }: PageUnderTest, path: string, shown: Locator): Promise<void> {
  await page.goto(`${server.url}${path}`);
  await expect
    .poll(
      async () => {
        if (await shown.isVisible()) return true;
        await page.reload();
        return shown.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => false,
        );
      },
      { timeout: 120_000, interval: 500 },
    )
    .toBe(true);
}

/** How many records the API holds for a query, as a client with the key sees it. */
export async function countRecords({ server, key }: PageUnderTest, query: string): Promise<number> {
  const answer = await fetch(`${server.url}/api/v1/iocs?${query}`, { headers: { "x-api-key": key } });
  return ((await answer.json()) as { meta: { total: number } }).meta.total;
}
