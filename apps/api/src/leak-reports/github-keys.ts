// GitHub, "Secret scanning partner program": ECDSA-NIST-P256V1-SHA256, keys at /meta/public_keys/secret_scanning.
import { createPublicKey, type KeyObject, verify } from "node:crypto";
import http from "node:http";
import https from "node:https";
import type { Log } from "@tocsin/core/context";
import { AppError } from "@tocsin/core/errors";
import { hourMs } from "@tocsin/core/lib";
import type { Proxies } from "@tocsin/core/outbound";
import { z } from "zod";

/** The public keys that GitHub signs its reports with, fetched when needed and kept. */
export type GithubKeys = {
  /** Whether `signature` (DER in base64) is one of these bytes by the key with this id. Throws `service_unavailable` without keys. */
  isSigned: (body: Uint8Array, keyId: string, signature: string) => Promise<boolean>;
};

type CachedKeys = { byId: ReadonlyMap<string, KeyObject>; at: number };

/** Milliseconds: how long keys are good for, how long when GitHub does not answer, the least time between two fetches. */
const freshMs = hourMs;
const staleMs = 24 * freshMs;
const restMs = 120_000;
const patienceMs = 5_000;
const mostBytes = 200_000;

const published = z.object({
  public_keys: z.array(z.object({ key_identifier: z.string(), key: z.string() })).max(100),
});

export function createGithubKeys(options: { url: string; proxies: Proxies; log: Log; now: () => Date }): GithubKeys {
  const { url, proxies, log } = options;
  let cached: CachedKeys | null = null;
  let asked = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;
  const time = () => options.now().getTime();

  const refresh = (): Promise<void> => {
    asked = time();
    asking ??= fetchKeys(new URL(url), proxies)
      .then((byId) => {
        cached = { byId, at: time() };
      })
      .catch((error: unknown) => log.warn({ err: error, url }, "the keys of secret scanning could not be fetched"))
      .finally(() => {
        asking = null;
      });
    return asking;
  };

  const keysOf = async (keyId: string): Promise<CachedKeys["byId"]> => {
    const wanted = !cached?.byId.has(keyId) || time() - cached.at >= freshMs;
    // Ids that nobody publishes must not become requests to GitHub.
    if (asking) await asking;
    else if (wanted && time() - asked >= restMs) await refresh();
    if (!cached || time() - cached.at >= staleMs)
      throw new AppError("service_unavailable", { retryAfter: restMs / 1_000 });
    return cached.byId;
  };

  return {
    isSigned: async (body, keyId, signature) => {
      if (!/^[0-9A-Za-z_-]{1,128}$/.test(keyId) || !/^[0-9A-Za-z+/]{8,200}={0,2}$/.test(signature)) return false;
      const key = (await keysOf(keyId)).get(keyId);
      return key !== undefined && verify("sha256", body, { key, dsaEncoding: "der" }, Buffer.from(signature, "base64"));
    },
  };
}

async function fetchKeys(url: URL, proxies: Proxies): Promise<Map<string, KeyObject>> {
  const answer = await get(url, proxies);
  // A redirect leads nowhere: the address is a setting.
  if (answer.statusCode !== 200) throw new Error(`status ${answer.statusCode}`);
  const text = await readText(answer);
  const { public_keys } = published.parse(JSON.parse(text));
  const keys = public_keys.flatMap(({ key_identifier, key }) => {
    const read = readKey(key);
    return read ? [[key_identifier, read] as const] : [];
  });
  if (keys.length === 0) throw new Error("the answer holds no key");
  return new Map(keys);
}

function get(url: URL, proxies: Proxies): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = (url.protocol === "https:" ? https : http).get(url, {
      headers: { accept: "application/json", "user-agent": "tocsin" },
      agent: proxies.agentFor(url) ?? false,
      signal: AbortSignal.timeout(patienceMs),
    });
    asked.on("response", resolve);
    asked.on("error", reject);
  });
}

async function readText(answer: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Error("the answer is too long");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Null for what is no key on P-256. */
function readKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : null;
  } catch {
    return null;
  }
}
