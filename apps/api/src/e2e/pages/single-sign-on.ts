import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { client, type IdentityProvider, startIdentityProvider } from "../../testing/identity-provider";
import { person } from "../mirrored";
import type { PageUnderTest } from "./page-under-test";

export function testSingleSignOn(the: () => PageUnderTest): void {
  describe("single sign-on", () => {
    let idp: IdentityProvider;
    beforeAll(async () => {
      idp = await startIdentityProvider(`${the().server.url}/api/sso/callback`);
      idp.people.set("pia", { email: "pia@company.example", name: "Pia Person", groups: ["chiefs"] });
      idp.answerAs("pia");
    });
    afterAll(() => idp.close());

    it("is set up and tried by an operator", async () => {
      const { page, server } = the();
      await page.goto(`${server.url}/operator/single-sign-on`);
      const field = (name: string) => page.getByRole("textbox", { name, exact: false });
      await field("Name").fill("Company login");
      await field("Issuer").fill("nothing");
      await page.getByRole("button", { name: "Save" }).click();
      await expect.poll(() => field("Issuer").getAttribute("aria-invalid")).toBe("true");
      await field("Issuer").fill(idp.issuer);
      await field("Client ID").fill(client.id);
      await page.getByLabel("Client secret").fill(client.secret);
      await field("Scopes").fill("openid email profile groups");
      await page.getByPlaceholder("company.example").fill("company.example");
      await page.keyboard.press("Enter");
      await field("Role claim").fill("groups");
      await page.getByRole("button", { name: "Add rule" }).click();
      await field("Value 1").fill("chiefs");
      await page.getByRole("combobox", { name: "Role 1" }).click();
      await page.getByRole("option", { name: /^Admin/ }).click();
      const { workspaces } = await me(the());
      await field("Workspace to join").fill(workspaces[0]?.slug ?? "");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("button", { name: "Test connection" }).click();
      await page.getByText("The provider answers").waitFor();
    });

    it("lets somebody in from the sign-in page, with the role of the claim", async () => {
      const { page, server } = the();
      // It leaves for the provider, which the watched page never may.
      const context = await page.context().browser()?.newContext();
      const other = await context?.newPage();
      if (!other) throw new Error("there is no browser");
      await other.goto(`${server.url}/keys`);
      await other.getByLabel(/^Email/).fill("pia@company.example");
      await other.getByRole("button", { name: "Continue with single sign-on" }).click();
      await other.waitForURL(`${server.url}/keys`);
      await other.getByRole("button", { name: "Create key" }).first().waitFor();
      idp.answerAs(null);
      await other.context().clearCookies();
      await other.goto(`${server.url}/sign-in`);
      await other.getByLabel(/^Email/).fill("pia@company.example");
      await other.getByRole("button", { name: "Continue with single sign-on" }).click();
      await other.getByText("The identity provider did not let you in.").waitFor();
      expect(other.url()).toContain("/sign-in?problem=denied");
      await context?.close();
    });
  });
}

async function me({ page, server }: PageUnderTest): Promise<{ workspaces: { slug: string }[] }> {
  const answer = await page.request.get(`${server.url}/api/trpc/me.get`);
  const body: { result: { data: { workspaces: { slug: string }[] } } } = await answer.json();
  if (!answer.ok()) throw new Error(`${person.email} is not signed in`);
  return body.result.data;
}
