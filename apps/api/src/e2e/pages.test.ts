import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium } from "./browser";
import { operatorEnv, person, signInOn, startMirrored } from "./mirrored";
import { testAccessibility } from "./pages/accessibility";
import { articleFeed, testArticles } from "./pages/articles";
import { testKeys } from "./pages/keys";
import { testNotices } from "./pages/notices";
import { testOwnFeeds } from "./pages/own-feeds";
import type { PageUnderTest } from "./pages/page-under-test";
import { testSingleSignOn } from "./pages/single-sign-on";
import { testTaxii } from "./pages/taxii";
import { testTriage, testWatchlists } from "./pages/watchlists";
import { signIn } from "./server";

// Each group of pages is a file of its own in pages/; all of them share one server and one browser.
describe.skipIf(!hasChromium)("in a browser", () => {
  let the: PageUnderTest;
  const get = () => the;

  beforeAll(async () => {
    const mirrored = await startMirrored(
      "https://login.phish.example/verify\nhttps://bank.phish.example/\n",
      { ...operatorEnv, TOCSIN_ALLOW_PRIVATE_FEEDS: "on", TOCSIN_ALLOW_PRIVATE_IDENTITY_PROVIDERS: "on" },
      { "rss-schneier/atom.xml": articleFeed },
    );
    const { server } = mirrored;
    const answer = await fetch(`${server.url}/api/v1/keys`, {
      method: "POST",
      headers: {
        cookie: await signIn(server.url, person.email, person.password),
        origin: server.url,
        "content-type": "application/json",
      },
      body: JSON.stringify({ name: "Pages" }),
    });
    const { data } = (await answer.json()) as { data: { key: string } };
    const page = await mirrored.newPage();
    await signInOn(page, server);
    the = { ...mirrored, page, key: data.key };
  });
  afterAll(() => the?.close());

  testKeys(get);
  testArticles(get);
  testWatchlists(get);
  testTriage(get);
  testNotices(get);
  testTaxii(get);
  testOwnFeeds(get);
  testSingleSignOn(get);
  testAccessibility(get);

  it("no page complained or asked another host", () => {
    expect(the.complaints).toEqual([]);
  });
});
