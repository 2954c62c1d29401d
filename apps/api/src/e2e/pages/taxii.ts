import { describe, expect, it } from "vitest";
import type { PageUnderTest } from "./page-under-test";

type Collection = { id: string; title: string };

/** As a TAXII client finds them, from the address that the page shows. */
async function discover({ server, key }: PageUnderTest): Promise<{ root: string; collections: Collection[] }> {
  const headers = { accept: "application/taxii+json;version=2.1", authorization: `Bearer ${key}` };
  const ask = async (url: string) => (await fetch(url, { headers })).json();
  const found = (await ask(`${server.url}/taxii2/`)) as { default: string };
  const root = new URL(found.default, server.url).href;
  const { collections } = (await ask(`${root}collections/`)) as { collections: Collection[] };
  return { root, collections };
}

export function testTaxii(the: () => PageUnderTest): void {
  describe("the TAXII page", () => {
    it("shows the addresses and the collections that a client finds there", async () => {
      const { page, server } = the();
      const { root, collections } = await discover(the());
      await page.goto(`${server.url}/taxii`);
      await page.getByText(`${server.url}/taxii2/`, { exact: true }).waitFor();
      await page.getByText(root, { exact: true }).first().waitFor();
      for (const { id, title } of collections) {
        await page.getByRole("radio", { name: title }).first().waitFor();
        await page.getByText(id, { exact: true }).first().waitFor();
      }
      expect(collections.length).toBeGreaterThan(3);
    });

    it("gives a program's settings for the collection that is chosen by the keyboard", async () => {
      const { page } = the();
      const { collections } = await discover(the());
      const [first, second] = collections as [Collection, Collection];
      const settings = page.getByRole("table").first();
      await settings.getByText(first.id).waitFor();
      await page.getByRole("radio", { name: first.title }).focus();
      await page.keyboard.press("ArrowDown");
      expect(await page.getByRole("radio", { name: second.title }).isChecked()).toBe(true);
      await settings.getByText(second.id).waitFor();
      expect(await settings.getByText(first.id).count()).toBe(0);
    });
  });
}
