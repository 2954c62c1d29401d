import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, launchBrowser, watchedPage } from "./browser";
import { hasProxies, type RunningProxy, startProxy } from "./proxies";
import { freePort, type Server, startServer } from "./server";

const admin = { email: "admin@tocsin.example", password: "a long pass phrase" };

type Authenticator = { id: string; setVerified: (verified: boolean) => Promise<void> };

/** A device of Chromium's own that makes and uses passkeys without asking anybody. */
async function addAuthenticator(page: Page): Promise<Authenticator> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const setVerified = async (isUserVerified: boolean) => {
    await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  };
  return { id: authenticatorId, setVerified };
}

/** In the page, by hand: a signature for which the device need not verify anybody. Gives the status of the answer. */
const askWithoutVerification = `async (passkey) => {
  const options = await (await fetch(passkey + "/generate-authenticate-options")).json();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, userVerification: "discouraged" });
  const credential = await navigator.credentials.get({ publicKey });
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ response: credential.toJSON() });
  return (await fetch(passkey + "/verify-authentication", { method: "POST", headers, body })).status;
}`;

// Passkeys belong to the host of PUBLIC_URL: localhost is one without TLS, an address is none.
describe
  .skipIf(!hasChromium)
  .each([{ base: "", proxied: false }, ...(hasProxies ? [{ base: "/tocsin", proxied: true }] : [])])(
  "passkeys in a browser, at “$base/”",
  ({ base, proxied }) => {
    const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-passkeys-"));
    const complaints: string[] = [];
    let server: Server;
    let proxy: RunningProxy | undefined;
    let browser: Browser;
    let page: Page;
    let device: Authenticator;
    let url: string;

    beforeAll(async () => {
      const port = await freePort();
      url = `http://localhost:${port}${base}`;
      server = await startServer({
        ...(proxied ? { TOCSIN_TRUST_PROXY: "127.0.0.1/32" } : { PORT: String(port) }),
        PUBLIC_URL: url,
        TOCSIN_DATA_DIR: dataDir,
        TOCSIN_ADMIN_EMAIL: admin.email,
        TOCSIN_ADMIN_PASSWORD: admin.password,
      });
      if (proxied) proxy = await startProxy("nginx", port, Number(new URL(server.url).port), base);
      browser = await launchBrowser();
      page = await watchedPage(browser, url, complaints);
      device = await addAuthenticator(page);
    });
    afterAll(async () => {
      await browser?.close();
      await proxy?.close();
      await server?.kill("SIGTERM");
      fs.rmSync(dataDir, { recursive: true, force: true });
    });

    const button = (name: string) => page.getByRole("button", { name, exact: true });
    const signOut = async () => {
      await page.context().clearCookies();
      await page.goto(`${url}/sign-in`);
    };

    it("one is added with the password, named, and signs in without it", async () => {
      await page.goto(`${url}/sign-in`);
      await page.getByLabel("Email").fill(admin.email);
      await page.getByLabel("Password", { exact: true }).fill(admin.password);
      await button("Sign in").click();
      await page.waitForURL(`${url}/`);
      await page.goto(`${url}/settings/security`);
      await button("Add passkey").click();
      await page.getByRole("textbox", { name: /^Name/ }).fill("Laptop");
      await page.getByLabel("Your password").fill("a wrong pass phrase");
      await button("Continue").click();
      await page.getByText("The passkey was not added").waitFor();
      await page.getByLabel("Your password").fill(admin.password);
      await button("Continue").click();
      await page.getByText("Laptop").waitFor();
      await button("Rename Laptop").click();
      await page.getByRole("textbox", { name: "New name" }).fill("Work laptop");
      await button("Save").click();
      await button("Remove Work laptop").waitFor();

      await signOut();
      await button("Sign in with a passkey").click();
      await page.waitForURL(`${url}/`);
      expect(complaints).toEqual([]);
    });

    it("one whose device has not verified who holds it is refused", async () => {
      await device.setVerified(false);
      await signOut();
      await button("Sign in with a passkey").click();
      await page.getByText("Sign-in failed").waitFor();
      // The page asks for it, and so does the server of whoever asks in another way.
      expect(await page.evaluate(`(${askWithoutVerification})("${url}/api/auth/passkey")`)).toBe(401);
      await device.setVerified(true);
      await button("Sign in with a passkey").click();
      await page.waitForURL(`${url}/`);
      expect(complaints).toEqual([]);
    });

    it("one that was removed signs nobody in, and the audit log has it all", async () => {
      await page.goto(`${url}/settings/security`);
      await button("Remove Work laptop").click();
      await button("Remove").click();
      await page.getByText("No passkeys yet.").waitFor();
      const events = await page.request.get(`${url}/api/trpc/audit.list`);
      const { data } = (await events.json()).result.data as { data: { action: string }[] };
      const actions = data.map(({ action }) => action).filter((action) => action.includes("passkey"));
      expect(actions).toEqual(["account.remove_passkey", "account.rename_passkey", "account.add_passkey"]);
      await signOut();
      await button("Sign in with a passkey").click();
      await page.getByText("Sign-in failed").waitFor();
      expect(complaints).toEqual([]);
    });
  },
);
