import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import fs from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { Server as TlsServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followCertificate, readCertificate } from "./process/certificate";
import { buildTestApp, type TestApp } from "./testing/test-app";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-tls-"));
const files = { cert: path.join(folder, "cert.pem"), key: path.join(folder, "key.pem") };
let t: TestApp;

function makeCertificate(name: string): string {
  const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=IP:127.0.0.1", "-days", "36500"];
  const how = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  execFileSync("openssl", [...how, ...subject, "-keyout", files.key, "-out", files.cert], { stdio: "pipe" });
  return new X509Certificate(fs.readFileSync(files.cert)).fingerprint256;
}

/** The certificate that a new connection is shown, and what is answered over it. */
function look(): Promise<{ fingerprint: string; status: number }> {
  const { port } = t.app.server.address() as AddressInfo;
  const options = { host: "127.0.0.1", port, path: "/healthz", agent: false, rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const request = https.get(options, (answer) => {
      const { socket } = answer;
      const fingerprint = "getPeerX509Certificate" in socket ? shown(socket) : "";
      answer.resume().on("end", () => resolve({ fingerprint, status: answer.statusCode ?? 0 }));
    });
    request.on("error", reject);
  });
}

function shown(socket: object): string {
  const { getPeerX509Certificate } = socket as { getPeerX509Certificate: () => X509Certificate | undefined };
  return getPeerX509Certificate.call(socket)?.fingerprint256 ?? "";
}

let first: string;
beforeAll(async () => {
  first = makeCertificate("first");
  t = await buildTestApp({ env: { TLS_CERT: files.cert, TLS_KEY: files.key, PUBLIC_URL: "https://127.0.0.1" } });
  await t.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await t.close();
  fs.rmSync(folder, { recursive: true });
});

describe("TLS without a proxy", () => {
  it("answers with the certificate of the files", async () => {
    expect(await look()).toEqual({ fingerprint: first, status: 200 });
  });

  it("takes a new certificate without a restart, and keeps the old one while the new is no good", async () => {
    const said: string[] = [];
    const say = (message: string) => void said.push(message);
    if (!(t.app.server instanceof TlsServer)) throw new Error("no TLS server");
    const followed = followCertificate(files, t.app.server, { info: say, error: say });
    try {
      followed.check();
      expect(said).toEqual([]);
      const cert = fs.readFileSync(files.cert);
      fs.writeFileSync(files.cert, "no certificate at all");
      followed.check();
      expect(said).toEqual([expect.stringMatching(/stays as it was: TLS_CERT, TLS_KEY: .*cert\.pem/)]);
      expect((await look()).fingerprint).toBe(first);
      fs.writeFileSync(files.cert, cert);
      const second = makeCertificate("second");
      process.emit("SIGHUP");
      expect(await look()).toEqual({ fingerprint: second, status: 200 });
      expect(said.at(-1)).toBe("the TLS certificate was read again");
    } finally {
      followed.stop();
    }
  });

  it("names the setting whose file is not there", () => {
    expect(() => readCertificate({ ...files, key: "/nowhere/key.pem" })).toThrow(
      /^TLS_KEY: \/nowhere\/key\.pem cannot/,
    );
  });
});
