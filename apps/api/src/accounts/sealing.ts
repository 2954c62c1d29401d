import { createHash } from "node:crypto";
import { formatEnvelope, parseEnvelope, symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";

/** better-auth's secrets: what is sealed names the version of its secret. */
export type Secrets = { version: number; value: string }[];

/** The keys of the accounts, the current one first. A version follows from its key, so that every node gives it the same. */
export function secretsOf(keys: readonly [string, ...string[]]): Secrets {
  return [...new Set(keys)].map((value) => ({ version: versionOf(value), value }));
}

function versionOf(key: string): number {
  return Number.parseInt(createHash("sha256").update(`tocsin/version/${key}`).digest("hex").slice(0, 12), 16);
}

/** `current` is what is to be stored: the text itself where it is sealed under the current secret already. */
export type Opened = { plain: string; current: string };

/**
 * Opens what better-auth has sealed, under the current secret or a former one; null where none of them opens it. Before
 * secrets had versions, it named none.
 */
export async function openSealed(secrets: Secrets, text: string): Promise<Opened | null> {
  const envelope = parseEnvelope(text);
  const [first] = secrets;
  const fitting = envelope ? secrets.filter(({ version }) => version === envelope.version) : secrets;
  for (const { version, value } of fitting) {
    const plain = await symmetricDecrypt({ key: value, data: envelope?.ciphertext ?? text }).catch(() => null);
    if (plain === null) continue;
    const isCurrent = envelope !== null && version === first?.version;
    return { plain, current: isCurrent ? text : await sealCurrent(secrets, plain) };
  }
  return null;
}

async function sealCurrent([current]: Secrets, plain: string): Promise<string> {
  if (!current) throw new Error("there is no secret to seal under");
  return formatEnvelope(current.version, await symmetricEncrypt({ key: current.value, data: plain }));
}
