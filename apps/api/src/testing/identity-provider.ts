import http from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** What the provider says of somebody, by their subject. */
export type People = Map<string, Record<string, unknown>>;

export type IdentityProvider = {
  issuer: string;
  people: People;
  /** Who signs in on its page from now on; null: they go back without. */
  answerAs: (subject: string | null) => void;
  /** Goes through the provider's pages as this person; gives the query with which it sends them back. */
  visit: (url: string, subject: string | null) => Promise<string>;
  close: () => Promise<void>;
};

export const client = { id: "tocsin", secret: "a client secret of this test" };

/** A certified OpenID Connect provider on a loopback port, whose sign-in page takes everybody at their word. */
export async function startIdentityProvider(callback: string): Promise<IdentityProvider> {
  const people: People = new Map();
  let subject: string | null = null;
  const answerAs = (who: string | null) => {
    subject = who;
  };
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [callback],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    cookies: { keys: ["cookies of this test"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups", "hd"] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people.get(sub) }) }),
    // Nobody is asked for consent.
    loadExistingGrant: async (ctx) => {
      const { client: asking, session } = ctx.oidc;
      if (!asking || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid email profile groups");
      await grant.save();
      return grant;
    },
  });
  const protocol = provider.callback();
  server.on("request", (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return protocol(request, response);
    const result =
      subject === null
        ? { error: "access_denied", error_description: "nobody signed in" }
        : { login: { accountId: subject } };
    provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false }).catch(() => {
      response.writeHead(500).end();
    });
  });
  return {
    issuer,
    people,
    answerAs,
    visit: async (url, who) => {
      answerAs(who);
      return walk(url, callback);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Follows redirects with a cookie jar of its own, to where they lead back. */
async function walk(start: string, callback: string): Promise<string> {
  const jar = new Map<string, string>();
  let url = start;
  for (let hop = 0; hop < 10; hop++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    const location = response.headers.get("location");
    if (location === null) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    url = new URL(location, url).href;
    if (url.startsWith(`${callback}?`)) return new URL(url).search;
  }
  throw new Error("the provider leads nowhere");
}
