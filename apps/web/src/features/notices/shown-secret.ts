/** Saving makes the form anew from what the server says; the secret, which it says once, gets across here. */
let shown: string | null = null;

export function keepSecret(secret: string | null): void {
  shown = secret;
}

/** Gives it once. */
export function takeSecret(): string | null {
  const secret = shown;
  shown = null;
  return secret;
}
