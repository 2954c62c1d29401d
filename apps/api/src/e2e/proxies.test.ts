import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, launchBrowser, watchedPage } from "./browser";
import { ask, hasProxies, type ProxyKind, type RunningProxy, startProxy } from "./proxies";
import { freePort, type Server, startServer } from "./server";

const base = "/tocsin";
const admin = { email: "admin@tocsin.example", password: "a long pass phrase" };
const json = { "content-type": "application/json" };

describe.skipIf(!hasProxies)("behind real proxies, under a sub-path", () => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-proxied-"));
  let server: Server;
  let proxies: Record<ProxyKind, RunningProxy>;
  let browser: Browser | undefined;

  beforeAll(async () => {
    const [nginx, haproxy] = [await freePort(), await freePort()];
    server = await startServer({
      PUBLIC_URL: `http://127.0.0.1:${nginx}${base}`,
      TOCSIN_DATA_DIR: dataDir,
      TOCSIN_TRUST_PROXY: "127.0.0.1/32",
      TOCSIN_ADMIN_EMAIL: admin.email,
      TOCSIN_ADMIN_PASSWORD: admin.password,
    });
    const upstream = Number(new URL(server.url).port);
    proxies = {
      nginx: await startProxy("nginx", nginx, upstream, base),
      haproxy: await startProxy("haproxy", haproxy, upstream, base),
    };
  });
  afterAll(async () => {
    await browser?.close();
    for (const proxy of Object.values(proxies ?? {})) await proxy.close();
    await server?.kill("SIGTERM");
    fs.rmSync(dataDir, { recursive: true, force: true });
  });

  describe.each<ProxyKind>(["nginx", "haproxy"])("%s", (kind) => {
    const url = (way: string) => `${proxies[kind].url}${way}`;
    const origin = () => new URL(proxies[kind].url).origin;
    let cookie: string;
    const createKey = async (body: object) => {
      const headers = { ...json, cookie, origin: origin() };
      const made = await ask(url("/api/v1/keys"), { method: "POST", headers, body: JSON.stringify(body) });
      expect(made.status).toBe(201);
      return (JSON.parse(made.body) as { data: { key: string } }).data.key;
    };

    it("lets people sign in, with a cookie for the sub-path alone", async () => {
      const headers = { ...json, origin: origin() };
      const answer = await ask(url("/api/auth/sign-in/email"), {
        method: "POST",
        headers,
        body: JSON.stringify(admin),
      });
      expect(answer.status).toBe(200);
      const set = answer.headers["set-cookie"] ?? [];
      expect(set.find((one) => one.startsWith("sb-access-token="))).toContain(`Path=${base};`);
      cookie = set.map((one) => one.split(";")[0]).join("; ");
      expect((await ask(url("/api/v1/keys"), { headers: { cookie } })).status).toBe(200);
      const away = { ...json, cookie, origin: "https://elsewhere.example" };
      expect((await ask(url("/api/v1/keys"), { method: "POST", headers: away, body: "{}" })).status).toBe(403);
    });

    it("serves the page with the addresses of its files, which are there", async () => {
      const page = await ask(url("/keys"), { headers: { accept: "text/html" } });
      const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? "");
      expect(files.length).toBeGreaterThan(2);
      for (const file of files) {
        expect(file.startsWith(`${base}/`)).toBe(true);
        expect([file, (await ask(`${origin()}${file}`)).status]).toEqual([file, 200]);
      }
    });

    it("goes by the client's own address where a key is bound to one", async () => {
      const headers = { authorization: `Bearer ${await createKey({ name: kind, allowed_ips: ["127.0.0.2/32"] })}` };
      expect((await ask(url("/api/v1/iocs"), { headers, from: "127.0.0.2" })).status).toBe(200);
      expect((await ask(url("/api/v1/iocs"), { headers, from: "127.0.0.3" })).status).toBe(403);
      // What a client says of itself stands before what the proxy adds, and is not believed.
      const claimed = { ...headers, "x-forwarded-for": "127.0.0.2" };
      expect((await ask(url("/api/v1/iocs"), { headers: claimed, from: "127.0.0.3" })).status).toBe(403);
    });

    it("leads a TAXII client from the discovery to the objects", async () => {
      const headers = { authorization: `Bearer ${await createKey({ name: `${kind} TAXII` })}` };
      const read = async (place: string) => {
        const answer = await ask(place, { headers: { ...headers, accept: "application/taxii+json;version=2.1" } });
        expect([place, answer.status]).toEqual([place, 200]);
        return JSON.parse(answer.body);
      };
      const { default: root } = await read(url("/api/taxii2/"));
      expect(root).toBe(`${base}/api/taxii2/api/`);
      const { collections } = await read(`${origin()}${root}collections/`);
      const { objects } = await read(`${origin()}${root}collections/${collections[0].id}/objects/`);
      expect(objects.length).toBeGreaterThan(0);
      const moved = await ask(url("/api/taxii2"), { headers });
      expect([moved.status, moved.headers.location]).toEqual([308, `${base}/api/taxii2/`]);
    });

    it("answers links that begin with the public address", async () => {
      const document = JSON.parse((await ask(url("/api/openapi.json"))).body) as { servers: { url: string }[] };
      expect(document.servers).toEqual([{ url: proxies.nginx.url }]);
      expect((await ask(url("/docs"))).body).toContain(`href="${base}/api/openapi.json"`);
    });
  });

  it("answers the discovery at the root of the host, where nginx maps it", async () => {
    const answer = await ask(`${new URL(proxies.nginx.url).origin}/taxii2/`);
    expect([answer.status, answer.headers["content-type"]]).toEqual([401, "application/taxii+json;version=2.1"]);
  });

  it.skipIf(!hasChromium)("shows the dashboard, from the sign-in to a page that is loaded anew", async () => {
    browser = await launchBrowser();
    const complaints: string[] = [];
    const { url } = proxies.nginx;
    const page = await watchedPage(browser, url, complaints);
    await page.goto(`${url}/keys`);
    await page.waitForURL(/\/tocsin\/sign-in/);
    await page.getByLabel(/^Email/).fill(admin.email);
    await page.getByRole("textbox", { name: /^Password/ }).fill(admin.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(`${url}/keys`);
    await page.getByText("nginx TAXII").first().waitFor();
    await page.getByRole("link", { name: "IOCs" }).first().click();
    await page.waitForURL(/\/tocsin\/iocs/);
    await page.reload();
    await page.getByRole("heading", { name: "IOCs" }).first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
