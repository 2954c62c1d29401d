import type { SignInProvider } from "@tocsin/core/single-sign-on";
import type { Configuration } from "openid-client";
import { createGuardedFetch, type Guard } from "./guarded-fetch";

/** What a sign-in under way has to remember until the provider sends the person back. */
export type Pending = { providerId: string; state: string; nonce: string; verifier: string };

// It is needed by sign-ins alone: no start waits for it.
const load = () => import("openid-client");

/** Reads the provider's discovery document. Throws an Error where it cannot be had or is another issuer's. */
async function configure(provider: SignInProvider, guard: Guard): Promise<Configuration> {
  const { discovery, ClientSecretPost, allowInsecureRequests, customFetch } = await load();
  const issuer = new URL(provider.issuer);
  const config = await discovery(issuer, provider.clientId, undefined, ClientSecretPost(provider.secret), {
    [customFetch]: createGuardedFetch(guard),
    execute: guard.privateTargets ? [allowInsecureRequests] : [],
  });
  const named = config.serverMetadata().issuer;
  if (!URL.canParse(named) || new URL(named).href !== issuer.href) {
    throw new Error(`The discovery document is that of the issuer ${named}.`);
  }
  return config;
}

/** Where to send somebody who wants to sign in: the authorization code flow with PKCE, state and nonce. */
export async function beginSignIn(
  provider: SignInProvider,
  guard: Guard,
  { redirectUri, email }: { redirectUri: string; email: string },
): Promise<{ url: string; pending: Pending }> {
  const oidc = await load();
  const config = await configure(provider, guard);
  const pending = {
    providerId: provider.id,
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: provider.scopes,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: "S256",
    login_hint: email,
  });
  return { url: url.href, pending };
}

/**
 * The claims of whom the provider sends back, checked: state, issuer, signature, audience, nonce, time. What the ID token
 * lacks is asked of userinfo. Throws where anything does not fit.
 */
export async function finishSignIn(provider: SignInProvider, guard: Guard, pending: Pending, address: URL) {
  const oidc = await load();
  const config = await configure(provider, guard);
  const tokens = await oidc.authorizationCodeGrant(config, address, {
    pkceCodeVerifier: pending.verifier,
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error("The provider sent no ID token.");
  const wanted = ["email", ...(provider.roleClaim === null ? [] : [provider.roleClaim.split(".")[0] ?? ""])];
  const { userinfo_endpoint } = config.serverMetadata();
  if (userinfo_endpoint === undefined || wanted.every((name) => Object.hasOwn(claims, name))) return claims;
  const more = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
  return { ...more, ...claims };
}

/** Whether a sign-in could begin; `problem` says in a sentence why not. */
export async function testProvider(provider: SignInProvider, guard: Guard) {
  try {
    const config = await configure(provider, guard);
    const { authorization_endpoint, token_endpoint, jwks_uri } = config.serverMetadata();
    if (!authorization_endpoint || !token_endpoint || !jwks_uri) {
      throw new Error("The discovery document lacks authorization_endpoint, token_endpoint or jwks_uri.");
    }
    return { ok: true, problem: null, authorization_endpoint };
  } catch (error) {
    return { ok: false, problem: explainProblem(error), authorization_endpoint: null };
  }
}

/** What a person may read of an error of the protocol: the innermost sentence. */
export function explainProblem(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return "The identity provider's answer could not be read.";
  return error.cause instanceof Error && depth < 4
    ? explainProblem(error.cause, depth + 1)
    : error.message.slice(0, 300);
}
