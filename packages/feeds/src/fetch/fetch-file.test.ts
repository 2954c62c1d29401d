import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { endless, type TestServer, testLimits, testServer } from "../testing/server";
import { FetchError } from "./fetch-error";
import { type FetchOptions, fetchFile } from "./fetch-file";
import { follow } from "./request";

let server: TestServer;
let other: TestServer;
const spoolDir = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-fetch-"));
beforeAll(async () => {
  server = await testServer();
  other = await testServer();
});
afterEach(() => other.answer((_request, response) => response.end()));
afterAll(async () => {
  await Promise.all([server.close(), other.close()]);
  fs.rmSync(spoolDir, { recursive: true });
});

const options: FetchOptions = {
  key: undefined,
  maxBytes: 100_000,
  validator: undefined,
  proxies: undefined,
  readAt: new Date("2026-11-21T12:00:00.000Z"),
  userAgent: "Tocsin/0.1.0 (+https://tocsin.example)",
  limits: testLimits,
  spoolDir,
  signal: new AbortController().signal,
};
const readAt = options.readAt.toISOString();

const get = (overrides: Partial<FetchOptions> = {}, url = `${server.origin}/list.txt`) =>
  fetchFile({ name: "list.txt", url }, { ...options, ...overrides });

async function body(overrides: Partial<FetchOptions> = {}): Promise<string> {
  const fetched = await get(overrides);
  if (!fetched.changed) throw new Error("unchanged");
  return fs.readFileSync(fetched.spooled.path, "utf8");
}

async function refused(overrides: Partial<FetchOptions> = {}, url?: string): Promise<FetchError> {
  const error = await get(overrides, url).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FetchError)) throw new Error(`no FetchError but ${error}`);
  return error;
}

const text = "192.0.2.1\n192.0.2.2\n".repeat(200);

describe("a good body", () => {
  it("is spooled, and said to come from Tocsin", async () => {
    server.answer((_request, response) => response.setHeader("Content-Type", "text/plain").end(text));
    const fetched = await get();
    expect(fetched).toMatchObject({ changed: true, contentType: "text/plain", spooled: { bytes: text.length } });
    expect(server.requests[0]?.headers).toMatchObject({
      "user-agent": "Tocsin/0.1.0 (+https://tocsin.example)",
      "accept-encoding": "gzip, deflate, br",
    });
    expect(server.requests[0]?.headers["if-none-match"]).toBeUndefined();
  });

  it.each([
    ["gzip", zlib.gzipSync(text)],
    ["x-gzip", zlib.gzipSync(text)],
    ["deflate", zlib.deflateSync(text)],
    ["deflate", zlib.deflateRawSync(text)],
    ["br", zlib.brotliCompressSync(text)],
    ["deflate, gzip", zlib.gzipSync(zlib.deflateSync(text))],
    ["identity", Buffer.from(text)],
    ["", zlib.gzipSync(text)],
    ["gzip", zlib.gzipSync(zlib.gzipSync(text))],
  ])("is unpacked from Content-Encoding %j", async (encoding, packed) => {
    server.answer((_request, response) => {
      if (encoding) response.setHeader("Content-Encoding", encoding);
      response.end(packed);
    });
    expect(await body()).toBe(text);
  });

  it("arrives whole though it comes byte by byte", async () => {
    const packed = zlib.gzipSync("192.0.2.1\n");
    server.answer(async (_request, response) => {
      for (const byte of packed) {
        response.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    expect(await body()).toBe("192.0.2.1\n");
  });
});

describe("a conditional GET", () => {
  it("sends what the last answer said and takes 304 for unchanged", async () => {
    server.answer((request, response) => {
      response.setHeader("ETag", '"v1"').setHeader("Last-Modified", "Sat, 21 Nov 2026 00:00:00 GMT");
      response.statusCode = request.headers["if-none-match"] === '"v1"' ? 304 : 200;
      response.end(response.statusCode === 200 ? text : undefined);
    });
    const first = await get();
    const { validator } = first;
    expect(validator).toEqual({ etag: '"v1"', lastModified: "Sat, 21 Nov 2026 00:00:00 GMT", readAt });
    expect(await get({ validator })).toEqual({ changed: false, validator });
    expect(server.requests[1]?.headers["if-modified-since"]).toBe("Sat, 21 Nov 2026 00:00:00 GMT");
    expect((await get({ validator: { ...validator, etag: '"v0"' } })).changed).toBe(true);
  });

  it("refuses a 304 that nobody asked for", async () => {
    server.answer((_request, response) => response.writeHead(304).end());
    expect((await refused()).message).toContain("HTTP 304");
    expect(server.requests).toHaveLength(1);
  });
});

describe("a body that is cut, slow or too large", () => {
  it("is refused when the connection breaks in its middle, after each attempt", async () => {
    server.answer((_request, response) => {
      response.writeHead(200, { "Content-Length": text.length });
      response.write(text.slice(0, 100), () => response.destroy());
    });
    expect((await refused()).message).toMatch(/broke off the connection|was cut/);
    expect(server.requests).toHaveLength(3);
  });

  it("is refused when a chunked answer breaks off", async () => {
    server.answer((_request, response) => response.write(text, () => response.destroy()));
    expect((await refused()).message).toMatch(/broke off the connection/);
  });

  it("is taken when a later attempt gives it whole", async () => {
    server.answer((_request, response) => {
      if (server.requests.length < 3) response.write(text.slice(0, 50), () => response.destroy());
      else response.end(text);
    });
    expect(await body()).toBe(text);
  });

  it.each([
    ["gzip", zlib.gzipSync(text).subarray(0, -12)],
    ["", zlib.gzipSync(text).subarray(0, -12)],
    ["br", zlib.brotliCompressSync(text).subarray(0, -4)],
    ["deflate", zlib.deflateSync(text).subarray(0, -8)],
    ["gzip", Buffer.from("no gzip at all")],
  ])("is refused when what is packed (%j) ends early or is damaged", async (encoding, packed) => {
    server.answer((_request, response) => {
      if (encoding) response.setHeader("Content-Encoding", encoding);
      response.end(packed);
    });
    expect((await refused({ limits: { ...testLimits, attempts: 1 } })).message).toContain("damaged or cut");
  });

  it("is refused when it dribbles on for longer than the whole may take", async () => {
    server.answer((_request, response) => {
      const dribble = setInterval(() => response.write("1"), 50);
      response.on("close", () => clearInterval(dribble));
    });
    const limits = { ...testLimits, totalMs: 600, attempts: 1 };
    expect((await refused({ limits })).message).toMatch(/took too long/);
  });

  it("is refused when nothing comes: no headers, or no more of the body", async () => {
    const limits = { ...testLimits, idleMs: 200, attempts: 1 };
    server.answer(() => {});
    expect((await refused({ limits })).message).toMatch(/stopped sending/);
    server.answer((_request, response) => response.write("1"));
    expect((await refused({ limits })).message).toMatch(/stopped sending/);
  });

  it("is refused when it says that it is too large, and when it does not say", async () => {
    server.answer((_request, response) =>
      response.writeHead(200, { "Content-Length": 100_001 }).end("x".repeat(100_001)),
    );
    expect((await refused()).message).toContain("larger than 100000 bytes");
    expect(server.requests).toHaveLength(1);
    server.answer((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    expect((await refused()).message).toContain("larger than 100000 bytes");
    expect(server.requests).toHaveLength(1);
  });

  it.each([["gzip"], ["br"], [""]])("is refused when it unpacks to too much (%j)", async (encoding) => {
    const zeros = Buffer.alloc(5_000_000);
    const bomb: Buffer = encoding === "br" ? zlib.brotliCompressSync(zeros) : zlib.gzipSync(zeros);
    server.answer((_request, response) => {
      if (encoding) response.setHeader("Content-Encoding", encoding);
      response.end(bomb);
    });
    expect((await refused()).message).toContain("the unpacked body is larger than 100000 bytes");
    expect(fs.statSync(path.join(spoolDir, "body")).size).toBeLessThanOrEqual(100_000);
    expect(server.requests).toHaveLength(1);
  });
});

describe("an answer that is no body", () => {
  it("waits as long as Retry-After says, then asks again", async () => {
    server.answer((_request, response) => {
      if (server.requests.length === 1) response.writeHead(429, { "Retry-After": "1" }).end("slow down");
      else response.end(text);
    });
    expect(await body()).toBe(text);
    const [first, second] = server.requests.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it("leaves a longer wait to the next run, and reports how long it is", async () => {
    server.answer((_request, response) => response.writeHead(503, { "Retry-After": "120" }).end());
    expect(await refused()).toMatchObject({ retryAfterSeconds: 120 });
    server.answer((_request, response) => {
      response.writeHead(429, { "Retry-After": new Date(Date.now() + 3_600_000).toUTCString() }).end();
    });
    expect((await refused()).retryAfterSeconds).toBeGreaterThan(3_500);
    server.answer((_request, response) => response.writeHead(429, { "Retry-After": "999999999" }).end());
    expect((await refused()).retryAfterSeconds).toBe(86_400);
    expect(server.requests).toHaveLength(1);
  });

  it.each([400, 401, 403, 404, 410, 204, 206])("does not ask again after HTTP %i", async (status) => {
    server.answer((_request, response) => response.writeHead(status).end());
    expect((await refused()).message).toContain(`HTTP ${status}`);
    expect(server.requests).toHaveLength(1);
  });

  it.each([500, 502, 504])("asks three times after HTTP %i", async (status) => {
    server.answer((_request, response) => response.writeHead(status).end("<html>"));
    expect((await refused()).message).toContain(`HTTP ${status}`);
    expect(server.requests).toHaveLength(3);
  });

  it("lets go of a refusal whose body does not end", async () => {
    const closed = new Promise((resolve) => {
      server.answer((_request, response) => response.on("close", resolve).writeHead(404).write("<html>"));
    });
    expect((await refused()).message).toContain("HTTP 404");
    await closed;
  });

  it("names what went wrong when nobody listens and when HTTP is not spoken", async () => {
    const closed = await testServer();
    await closed.close();
    expect((await refused({}, closed.origin)).message).toMatch(/refused the connection/);
    const rude = net.createServer((socket) => socket.end("220 smtp.example ready\r\n"));
    await new Promise<void>((resolve) => rude.listen(0, "127.0.0.1", resolve));
    const { port } = rude.address() as net.AddressInfo;
    expect((await refused({}, `http://127.0.0.1:${port}/`)).message).toMatch(/does not speak HTTP/);
    rude.close();
  });
});

describe("redirects", () => {
  it("are followed, also to a relative address", async () => {
    server.answer((request, response) => {
      if (request.url === "/list.txt") response.writeHead(302, { Location: "../new.txt?x=1" }).end();
      else response.end(text);
    });
    expect(await body()).toBe(text);
    expect(server.requests.map(({ url }) => url)).toEqual(["/list.txt", "/new.txt?x=1"]);
  });

  it("end when they loop", async () => {
    server.answer((request, response) => response.writeHead(301, { Location: request.url }).end());
    expect((await refused()).message).toContain("redirects more than 5 times");
    expect(server.requests).toHaveLength(6);
  });

  it.each(["file:///etc/passwd", "ftp://192.0.2.1/", "http://[", "javascript:0"])(
    "are not followed to %s",
    async (to) => {
      server.answer((_request, response) => response.writeHead(302, { Location: to }).end());
      expect((await refused()).message).toMatch(/no web address/);
    },
  );

  it("never lead from https to http", () => {
    const from = new URL("https://feed.example/v2/s3cret/list.txt");
    expect(() => follow(from, "http://feed.example/list.txt")).toThrow("feed.example redirects from https to http");
    expect(follow(from, "//other.example/x").href).toBe("https://other.example/x");
    expect(follow(new URL("http://feed.example/"), "https://feed.example/").protocol).toBe("https:");
  });

  it("do not carry the vendor's key to another origin", async () => {
    other.answer((_request, response) => response.end(text));
    server.answer((request, response) => {
      if (request.url === "/a") response.writeHead(302, { Location: "/b" }).end();
      else response.writeHead(302, { Location: `${other.origin}/c` }).end();
    });
    const file = { name: "list.txt", url: `${server.origin}/a`, headers: { "Auth-Key": "{key}" } };
    await fetchFile(file, { ...options, key: "s3cret" });
    expect(server.requests.map(({ headers }) => headers["auth-key"])).toEqual(["s3cret", "s3cret"]);
    expect(JSON.stringify(other.requests[0]?.headers)).not.toContain("s3cret");
  });
});

describe("a key in the address", () => {
  it("reaches the vendor, and no error", async () => {
    const key = "s3cret/with space";
    const url = `${server.origin}/v2/{key}/recent.csv`;
    const silent = () => {};
    const breaks: Parameters<TestServer["answer"]>[0][] = [
      (_request, response) => response.writeHead(404).end(),
      (request, response) => response.writeHead(301, { Location: request.url }).end(),
      (request, response) => response.writeHead(302, { Location: `x:${request.url}` }).end(),
      (_request, response) => response.destroy(),
      silent,
    ];
    for (const handler of breaks) {
      server.answer(handler);
      const idleMs = handler === silent ? 1_000 : testLimits.idleMs;
      const error = await refused({ key, limits: { ...testLimits, idleMs, attempts: 1 } }, url);
      expect(server.requests[0]?.url).toBe("/v2/s3cret%2Fwith%20space/recent.csv");
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${error.cause}`).not.toContain("s3cret");
    }
  });
});

describe("manners", () => {
  it("keep a distance between requests to one host", async () => {
    server.answer((_request, response) => response.end(text));
    const limits = { ...testLimits, spacingMs: 200 };
    const dirs = ["1", "2", "3"].map((name) => path.join(spoolDir, name));
    for (const dir of dirs) fs.mkdirSync(dir);
    const began = Date.now();
    await Promise.all(dirs.map((dir) => get({ limits, spoolDir: dir })));
    // Counted from the beginning: a slow machine may take long over any of them.
    const [, second = 0, third = 0] = server.requests.map(({ at }) => at - began);
    expect(second).toBeGreaterThanOrEqual(190);
    expect(third).toBeGreaterThanOrEqual(390);
  });

  it("end at once when they are stopped", async () => {
    server.answer((_request, response) => response.write("1"));
    const stop = new AbortController();
    const going = get({ signal: stop.signal, limits: endless });
    setTimeout(() => stop.abort(new Error("stopped")), 50);
    await expect(going).rejects.toThrow("stopped");
    await expect(get({ signal: stop.signal })).rejects.toThrow("stopped");
  });
});
