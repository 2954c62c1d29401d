import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createProxies } from "@tocsin/core/outbound";
import { RequestError, Server } from "proxy-chain";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type TestServer, testLimits, testServer } from "../testing/server";
import { fetchFile } from "./fetch-file";

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-proxy-"));
/** What the proxy was asked for, as `host:port`, and whether by CONNECT. */
const asked: string[] = [];
let server: TestServer;
let proxy: Server;

beforeAll(async () => {
  server = await testServer();
  proxy = new Server({
    port: 0,
    host: "127.0.0.1",
    prepareRequestFunction: ({ hostname, port, isHttp, username, password }) => {
      asked.push(`${isHttp ? "GET" : "CONNECT"} ${hostname}:${port}`);
      if (hostname === "closed.example") throw new RequestError("no way there", 403);
      return { requestAuthentication: username !== "someone" || password !== "s3cr:t", upstreamProxyUrl: null };
    },
  });
  await proxy.listen();
});
beforeEach(() => {
  asked.length = 0;
  server.answer((_request, response) => response.end("192.0.2.1\n"));
});
afterAll(async () => {
  await Promise.all([server.close(), proxy.close(true)]);
  fs.rmSync(dir, { recursive: true });
});

function get(url: string, more: { except?: string[]; password?: string; publicOnly?: boolean } = {}) {
  const at = `http://someone:${more.password ?? "s3cr%3At"}@127.0.0.1:${proxy.port}`;
  return fetchFile(
    { name: "list.txt", url },
    {
      key: undefined,
      proxies: createProxies({ https: at, http: at, except: more.except ?? [] }),
      publicOnly: more.publicOnly ?? false,
      maxBytes: 1_000,
      validator: undefined,
      readAt: new Date(),
      userAgent: "test",
      limits: { ...testLimits, attempts: 1 },
      spoolDir: dir,
      signal: new AbortController().signal,
    },
  );
}

const portOf = (url: string) => new URL(url).port;

it("an http:// address is asked through the proxy, which is given the credentials and the server is not", async () => {
  expect(await get(`${server.origin}/list.txt`)).toMatchObject({ changed: true });
  expect(asked).toEqual([`GET 127.0.0.1:${portOf(server.origin)}`]);
  expect(server.requests[0]).toMatchObject({ url: "/list.txt" });
  expect(JSON.stringify(server.requests[0]?.headers)).not.toMatch(/proxy-authorization/i);
});

it("an https:// address is asked through a tunnel, in which TLS is spoken with the server and not with the proxy", async () => {
  const { port, hostname } = new URL(server.origin);
  // The server speaks HTTP alone: the first word of TLS reaches it and is none of its language.
  await expect(get(`https://${hostname}:${port}/`)).rejects.toThrow(/^127\.0\.0\.1:[0-9]+(?::| broke)/);
  expect(asked).toEqual([`CONNECT 127.0.0.1:${port}`]);
  expect(server.requests).toEqual([]);
});

it("what NO_PROXY names is asked directly", async () => {
  expect(await get(`${server.origin}/list.txt`, { except: ["127.0.0.0/8"] })).toMatchObject({ changed: true });
  expect(asked).toEqual([]);
});

it("a password that is wrong, and a refusal, are said to be the proxy's, without the password", async () => {
  for (const [url, setting] of [
    [`${server.origin}/`, "HTTP_PROXY"],
    ["https://feed.example/", "HTTPS_PROXY"],
  ] as const) {
    const error = await get(url, { password: "wr0ng" }).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      message: `${new URL(url).host}: the proxy (${setting}) asks for another user name or password`,
    });
  }
  await expect(get("https://closed.example/")).rejects.toThrow(
    "closed.example: the proxy (HTTPS_PROXY) answered with HTTP 403",
  );
  expect(server.requests).toEqual([]);
});

it("a proxy that is not there is named by its setting", async () => {
  const closed = await testServer();
  await closed.close();
  const proxies = createProxies({ https: closed.origin, http: closed.origin, except: [] });
  const options = { key: undefined, proxies, maxBytes: 1_000, validator: undefined, readAt: new Date(), userAgent: "" };
  const more = { limits: { ...testLimits, attempts: 1 }, spoolDir: dir, signal: new AbortController().signal };
  await expect(fetchFile({ name: "", url: "https://feed.example/" }, { ...options, ...more })).rejects.toThrow(
    /the proxy \(HTTPS_PROXY\) refused the connection/,
  );
});

it("the guard of feeds that people add refuses private addresses, by number and by name, before the proxy is asked", async () => {
  for (const host of ["127.0.0.1", "localhost", "169.254.169.254", "[::1]"]) {
    await expect(get(`http://${host}:${portOf(server.origin)}/`, { publicOnly: true })).rejects.toThrow(
      /not on the open internet/,
    );
  }
  server.answer((_request, response) => response.writeHead(302, { Location: "http://10.0.0.1/" }).end());
  await expect(get("https://name.invalid/", { publicOnly: true })).rejects.toThrow(/the proxy \(HTTPS_PROXY\)/);
  expect(asked).toEqual(["CONNECT name.invalid:443"]);
});
