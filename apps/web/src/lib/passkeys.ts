import {
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";
import { answered, auth } from "./auth";
import { Problem } from "./problem";

// Loaded when somebody uses a passkey, and not with the page: the sign-in page stays small.

type CreationOptions = Parameters<typeof startRegistration>[0]["optionsJSON"];
type RequestOptions = Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** Signs in with a passkey that the browser or the person's device offers. Throws a Problem. */
export async function signInWithPasskey(): Promise<void> {
  const options = await answered(auth.$fetch<RequestOptions>("/passkey/generate-authenticate-options"));
  const optionsJSON: RequestOptions = { ...options, userVerification: "required" };
  const response = await ceremony(() => startAuthentication({ optionsJSON }));
  await answered(auth.$fetch("/passkey/verify-authentication", { method: "POST", body: { response } }));
}

/** Has the device make a passkey for whoever is signed in; `storePasskey` makes it theirs. Throws a Problem. */
export async function makePasskey(): Promise<RegistrationResponseJSON> {
  const optionsJSON = await answered(auth.$fetch<CreationOptions>("/passkey/generate-register-options"));
  return ceremony(() => startRegistration({ optionsJSON }));
}

/** Stores a passkey that was made. Again with another password where one was wrong. Throws a Problem. */
export async function storePasskey(body: {
  response: RegistrationResponseJSON;
  name: string;
  password: string;
}): Promise<void> {
  await answered(auth.$fetch("/passkey/verify-registration", { method: "POST", body }));
}

/** What the browser refuses is a problem like any other. */
async function ceremony<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Problem({ code: "passkey", message: wordsOf(error), status: null, requestId: null, fields: [] });
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") {
    return "This device has a passkey for your account already.";
  }
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError") return "It was cancelled, took too long, or there is no passkey for this page.";
  if (name === "SecurityError") return `Passkeys do not work at this address (${location.hostname}).`;
  return error instanceof Error ? error.message : "The browser refused.";
}
