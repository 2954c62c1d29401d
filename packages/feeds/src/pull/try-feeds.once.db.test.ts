import { expect, it } from "vitest";
import { testFeed } from "../testing/feed";
import { openPulls } from "../testing/pulls";
import { testLimits } from "../testing/server";
import { tryFeeds } from "./try-feeds";

const { server, settings } = await openPulls("trials");

it("says of each feed whether it answers with what it publishes, in words and without its key", async () => {
  let asked = 0;
  let most = 0;
  server.answer((request, response) => {
    most = Math.max(most, ++asked);
    setTimeout(() => {
      asked--;
      const { url = "" } = request;
      if (url.startsWith("/gone")) response.writeHead(410).end();
      else if (url.startsWith("/page")) response.end("<!doctype html><html><body>Moved</body></html>");
      else response.end("198.51.100.7\n".repeat(40_000));
    }, 20);
  });
  const feed = (id: string, more: object = {}) =>
    testFeed([{ name: "list.txt", url: `${server.origin}/${id}/{key}` }], { id, ...more });
  const feeds = [
    feed("fine"),
    feed("gone", { needsKey: "TOCSIN_OTX_KEY" }),
    feed("page"),
    feed("keyless", { needsKey: "TOCSIN_ABUSECH_KEY" }),
    ...["a", "b", "c", "d"].map((id) => feed(id)),
  ];
  const trials = await tryFeeds(
    feeds,
    { ...settings, keys: { TOCSIN_OTX_KEY: "s3cret" } },
    { signal: AbortSignal.timeout(30_000), limits: { ...testLimits, attempts: 1 } },
  );
  const host = new URL(server.origin).host;
  expect(trials.slice(0, 4).map(({ feedId, answers, text }) => [feedId, answers, text])).toEqual([
    ["fine", true, "answers with its plain"],
    ["gone", false, `${host} answered with HTTP 410`],
    ["page", false, "the body is a web page"],
    ["keyless", null, "not tried: TOCSIN_ABUSECH_KEY is not set"],
  ]);
  expect(trials.map(({ feedId }) => feedId)).toEqual(feeds.map(({ id }) => id));
  expect(most).toBeLessThanOrEqual(4);
});
