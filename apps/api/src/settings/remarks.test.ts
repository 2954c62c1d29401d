import { expect, it } from "vitest";
import { readSettings, settingRemarks } from "./settings";

it.each([
  [{}, []],
  [{ HOST: "::1" }, []],
  [{ HOST: "0.0.0.0", PUBLIC_URL: "https://tocsin.example" }, []],
  [{ HOST: "0.0.0.0" }, [{ check: "settings", state: "warning", text: expect.stringMatching(/^HOST .*PUBLIC_URL/) }]],
])("warns of a network without TLS: %j", (env, remarks) => {
  expect(settingRemarks(readSettings(env), "settings")).toEqual(remarks);
});

it("names a mirror that is not there, among what it says of feeds", () => {
  const settings = readSettings({ TOCSIN_FEED_MIRROR: "not-there" }, "/srv");
  const text = "TOCSIN_FEED_MIRROR: there is no folder /srv/not-there";
  expect(settingRemarks(settings, "feeds")).toEqual([{ check: "feeds", state: "failed", text }]);
  expect(settingRemarks(settings, "settings")).toEqual([]);
  expect(settingRemarks(readSettings({ TOCSIN_FEED_MIRROR: import.meta.dirname }), "feeds")).toEqual([]);
});
