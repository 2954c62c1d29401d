import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { testLimits, testServer } from "../testing/server";
import { fetchFile } from "./fetch-file";
import { publicLookup, requirePublicUrl } from "./public-only";

const spoolDir = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-public-"));
afterAll(() => fs.rmSync(spoolDir, { recursive: true }));

const closed = /not on the open internet/;

it.each([
  "http://127.0.0.1/",
  "http://10.1.2.3:8080/",
  "http://169.254.169.254/latest/meta-data/",
  "http://0x7f000001/",
  "http://017700000001/",
  "http://2130706433/",
  "http://[::1]/",
  "http://[fd00::1]/",
  "http://[::ffff:192.168.0.1]/",
  "http://[64:ff9b::7f00:1]/",
])("%s is no address of the open internet", (url) => {
  expect(() => requirePublicUrl(new URL(url))).toThrow(closed);
});

it.each(["https://45.60.1.2/", "https://[2a00:1450::1]/", "https://feed.example/"])("%s may be asked", (url) => {
  expect(() => requirePublicUrl(new URL(url))).not.toThrow();
});

it("a name whose addresses lead inside is refused before anything connects", async () => {
  for (const all of [true, false]) {
    const error = await new Promise((resolve) => publicLookup("localhost", { all }, resolve));
    expect(error).toMatchObject({ name: "FetchError", message: expect.stringMatching(closed) });
  }
});

it("nothing is asked at such an address, whether by number or by name", async () => {
  const server = await testServer();
  server.answer((_request, response) => response.end("192.0.2.1\n"));
  const get = (url: string, publicOnly: boolean) =>
    fetchFile(
      { name: "list.txt", url },
      {
        key: undefined,
        maxBytes: 1_000,
        validator: undefined,
        readAt: new Date(),
        userAgent: "test",
        limits: testLimits,
        spoolDir,
        signal: new AbortController().signal,
        publicOnly,
        proxies: undefined,
      },
    );
  const { port } = new URL(server.origin);
  await expect(get(server.origin, true)).rejects.toThrow(closed);
  await expect(get(`http://localhost:${port}/`, true)).rejects.toThrow(closed);
  expect(server.requests).toEqual([]);
  expect(await get(server.origin, false)).toMatchObject({ changed: true });
  await server.close();
});
