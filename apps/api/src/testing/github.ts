import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import http from "node:http";

/** A stand-in for GitHub on this machine: it publishes keys of its own and signs with them. */
export type OwnGithub = {
  url: string;
  /** Requests for the keys so far. */
  asked: () => number;
  /** Publishes one more key on this curve; `sign` makes the header fields of a body. */
  addKey: (id: string, curve?: string) => { sign: (body: string | Buffer) => Record<string, string> };
  publish: (ids: readonly string[]) => void;
  /** What it answers with from here on. */
  setStatus: (status: number) => void;
  close: () => Promise<void>;
};

export async function startOwnGithub(): Promise<OwnGithub> {
  const keys = new Map<string, KeyObject>();
  let published: readonly string[] | null = null;
  let asked = 0;
  let status = 200;
  const server = http.createServer((_request, response) => {
    asked += 1;
    const shown = [...keys].filter(([id]) => published === null || published.includes(id));
    const public_keys = shown.map(([id, key]) => ({
      key_identifier: id,
      key: key.export({ type: "spki", format: "pem" }),
      is_current: true,
    }));
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ public_keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}/meta/public_keys/secret_scanning`,
    asked: () => asked,
    addKey: (id, namedCurve = "P-256") => {
      const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve });
      keys.set(id, publicKey);
      return {
        sign: (body) => ({
          "content-type": "application/json",
          "github-public-key-identifier": id,
          "github-public-key-signature": sign("sha256", Buffer.from(body), privateKey).toString("base64"),
        }),
      };
    },
    publish: (ids) => {
      published = ids;
    },
    setStatus: (next) => {
      status = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
