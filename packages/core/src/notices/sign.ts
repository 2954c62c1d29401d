// Standard Webhooks 1.0.0, symmetric signatures.
import { createHmac, randomBytes } from "node:crypto";

const brand = "whsec_";

export function newWebhookSecret(): string {
  return brand + randomBytes(32).toString("base64");
}

/** The headers of one attempt; signed with every secret given, the newest first. */
export function signedHeaders(message: { id: string; at: Date; body: string }, secrets: readonly string[]) {
  const timestamp = String(Math.floor(message.at.getTime() / 1_000));
  const content = `${message.id}.${timestamp}.${message.body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(brand.length), "base64");
    return `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
  });
  return {
    "webhook-id": message.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}
