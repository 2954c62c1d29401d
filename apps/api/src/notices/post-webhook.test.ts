import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import { createProxies, type Resolve } from "@tocsin/core/outbound";
import { Server } from "proxy-chain";
import { afterAll, beforeAll, expect, it } from "vitest";
import { postWebhook } from "./post-webhook";

let server: http.Server;
let port: number;
let requests = 0;

beforeAll(async () => {
  server = http.createServer((_request, response) => {
    requests += 1;
    response.writeHead(429, { "retry-after": "17" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const post = (url: string, privateTargets: boolean, resolve?: Resolve) =>
  postWebhook(
    { url, headers: {}, body: "{}" },
    { privateTargets, timeoutMs: 1_000, signal: new AbortController().signal, ...(resolve ? { resolve } : {}) },
  );
const to =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

it("connects to no closed address, however the URL leads there", async () => {
  const urls = [
    `https://127.0.0.1:${port}/`,
    `https://[::1]:${port}/`,
    `https://[::ffff:127.0.0.1]:${port}/`,
    `https://2130706433:${port}/`,
    `https://localhost:${port}/`,
    `https://${os.hostname()}:${port}/`,
    `http://hooks.example:${port}/`,
  ];
  for (const url of urls) expect((await post(url, false)).status, url).toBeNull();
  expect(requests).toBe(0);
});

it("refuses a name of which any address is closed", async () => {
  const names: Resolve[] = [
    to("127.0.0.1"),
    to("1.1.1.1", "10.0.0.1"),
    to("2606:4700::1111", "::ffff:169.254.169.254"),
    to("fe80::1"),
  ];
  for (const resolve of names) {
    const answer = await post(`https://hooks.example:${port}/`, false, resolve);
    expect(answer.error).toBe("The URL leads to an address that is not on the open internet.");
  }
  expect((await post(`https://hooks.example:${port}/`, false, to())).error).toBe("The name has no address.");
  expect(requests).toBe(0);
});

it("connects to the address that was checked, not to what the name says next", async () => {
  let asked = 0;
  const turning: Resolve = async () => {
    asked += 1;
    return [{ address: asked === 1 ? "127.0.0.1" : "192.0.2.1", family: 4 }];
  };
  const answer = await post(`http://hooks.example:${port}/`, true, turning);
  expect(answer).toEqual({ status: 429, error: "The receiver answered 429.", retryAfterSeconds: 17 });
  expect(asked).toBe(1);
  expect(requests).toBe(1);
});

it("goes through a proxy, and by it to no closed address that is known here", async () => {
  const asked: string[] = [];
  const proxy = new Server({
    port: 0,
    host: "127.0.0.1",
    prepareRequestFunction: ({ hostname }) => {
      asked.push(hostname);
      return { requestAuthentication: false };
    },
  });
  await proxy.listen();
  const at = `http://127.0.0.1:${proxy.port}`;
  const proxies = createProxies({ https: at, http: at, except: [] });
  const signal = new AbortController().signal;
  const ask = (url: string, privateTargets: boolean, resolve?: Resolve) =>
    postWebhook(
      { url, headers: {}, body: "{}" },
      { privateTargets, proxies, timeoutMs: 20_000, signal, ...(resolve ? { resolve } : {}) },
    );
  const before = requests;
  expect((await ask(`http://127.0.0.1:${port}/`, true)).status).toBe(429);
  expect(requests).toBe(before + 1);
  for (const url of [`https://127.0.0.1:${port}/`, `https://localhost:${port}/`]) {
    expect((await ask(url, false)).status).toBeNull();
  }
  const closed = "The URL leads to an address that is not on the open internet.";
  expect((await ask("https://hooks.example/", false, to("1.1.1.1", "10.0.0.1"))).error).toBe(closed);
  expect(asked).toEqual(["127.0.0.1"]);
  await proxy.close(true);
});
