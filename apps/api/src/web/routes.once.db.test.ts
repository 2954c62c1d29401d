import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { fastify } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { webRoutes } from "./routes";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp({ env: { PUBLIC_URL: "https://intel.example" } });
});
afterAll(() => t.close());

describe("the dashboard's files", () => {
  it("are kept for ever where their names hold a hash, and asked after where not", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-web-"));
    fs.mkdirSync(path.join(folder, "assets"));
    fs.writeFileSync(path.join(folder, "index.html"), "<!doctype html><title>Built</title>");
    fs.writeFileSync(path.join(folder, "assets", "index-abc123.js"), "export {}");
    fs.writeFileSync(path.join(folder, "favicon.svg"), "<svg/>");
    const app = fastify();
    const pages = webRoutes(app, t.deps, folder);
    app.setNotFoundHandler((request, reply) => pages(request, reply) ?? reply.code(404).send("nothing"));
    const script = await app.inject("/assets/index-abc123.js");
    expect([script.headers["content-type"], script.headers["cache-control"]]).toEqual([
      "text/javascript; charset=utf-8",
      "public, max-age=31536000, immutable",
    ]);
    const icon = await app.inject("/favicon.svg");
    expect(icon.headers["cache-control"]).toBe("no-cache");
    const again = await app.inject({ url: "/favicon.svg", headers: { "if-none-match": String(icon.headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
    const page = await app.inject({ url: "/keys/1?tab=usage", headers: { accept: "text/html,*/*" } });
    expect([page.statusCode, page.body]).toEqual([200, "<!doctype html><title>Built</title>"]);
    for (const url of ["/assets/gone.js", "/api/v1/nothing", "/assets/../../etc/passwd", "/%2e%2e/package.json"]) {
      expect((await app.inject({ url })).statusCode, url).toBe(404);
    }
    fs.rmSync(folder, { recursive: true });
  });

  it("are named under the path at which the instance is reached", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-web-"));
    const built = '<html lang="en"><script src="./assets/a.js"></script><link href="./favicon.svg"></html>';
    fs.writeFileSync(path.join(folder, "index.html"), built);
    const app = fastify();
    const settings = { ...t.deps.settings, publicUrl: "https://host.example/tocsin" };
    const pages = webRoutes(app, { ...t.deps, settings }, folder);
    app.setNotFoundHandler((request, reply) => pages(request, reply) ?? reply.code(404).send("nothing"));
    const page = await app.inject({ url: "/keys", headers: { accept: "text/html" } });
    expect(page.body).toBe(
      '<html data-base="/tocsin" lang="en"><script src="/tocsin/assets/a.js"></script><link href="/tocsin/favicon.svg"></html>',
    );
    fs.rmSync(folder, { recursive: true });
  });

  it("are sent as the build has compressed them, to those who read that", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-web-"));
    fs.mkdirSync(path.join(folder, "assets"));
    const page = "<!doctype html><title>Built</title>";
    for (const [name, text] of [
      ["index.html", page],
      ["assets/index-abc123.js", "export {}"],
    ] as const) {
      fs.writeFileSync(path.join(folder, name), text);
      fs.writeFileSync(path.join(folder, `${name}.br`), brotliCompressSync(text));
      fs.writeFileSync(path.join(folder, `${name}.gz`), gzipSync(text));
    }
    const app = fastify();
    const pages = webRoutes(app, t.deps, folder);
    app.setNotFoundHandler((request, reply) => pages(request, reply) ?? reply.code(404).send("nothing"));
    const get = (url: string, accept?: string) =>
      app.inject({ url, headers: accept === undefined ? {} : { "accept-encoding": accept } });
    const plain = await get("/assets/index-abc123.js");
    const packed = await get("/assets/index-abc123.js", "gzip, deflate, br");
    const older = await get("/", "gzip");
    expect([plain.headers["content-encoding"], plain.headers.vary, plain.body]).toEqual([
      undefined,
      "Accept-Encoding",
      "export {}",
    ]);
    expect([packed.headers["content-encoding"], brotliDecompressSync(packed.rawPayload).toString()]).toEqual([
      "br",
      "export {}",
    ]);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    expect([older.headers["content-encoding"], gunzipSync(older.rawPayload).toString()]).toEqual(["gzip", page]);
    expect((await get("/assets/index-abc123.js.br")).statusCode).toBe(404);
    fs.rmSync(folder, { recursive: true });
  });

  it("come with a policy that lets nothing in from outside", async () => {
    const page = await inject(t, { method: "GET", url: "/" }, { accept: "text/html" });
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(page.headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
    expect(page.headers["strict-transport-security"]).toBe("max-age=31536000");
  });
});

describe("the reference", () => {
  it("loads and runs nothing but its own script", async () => {
    const page = await inject(t, { method: "GET", url: "/docs" });
    expect(page.body).toContain('id="revokeAPIKey"');
    expect(page.body.match(/<script.*?>/g)).toEqual(['<script src="/docs/page.js" defer>']);
    expect(page.body).not.toMatch(/<link|<img|@import|url\(/);
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  it("names the instance's own address", async () => {
    const { servers, info } = (await inject(t, { method: "GET", url: "/api/openapi.json" })).json();
    expect([servers, info.title]).toEqual([[{ url: "https://intel.example" }], "Tocsin"]);
  });
});

describe("health", () => {
  it("says that the process lives, and whether it can answer", async () => {
    expect((await inject(t, { method: "GET", url: "/healthz" })).json()).toMatchObject({ status: "ok" });
    const ready = await inject(t, { method: "GET", url: "/readyz" });
    expect(ready.json()).toEqual({ status: "ready", checks: { accepting: "ok", database: "ok", storage: "ok" } });
  });
});
