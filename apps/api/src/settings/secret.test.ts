import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { shadowDisk } from "@tocsin/db/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveKeyring, readOrCreateSecretFile } from "./secret";

const first = "first-secret-first-secret-first-secret";
const second = "second-secret-second-secret-second-secret";

describe("deriveKeyring", () => {
  it("gives the same keys for the same secret, and others for another", () => {
    expect(deriveKeyring(first, [])).toEqual(deriveKeyring(first, []));
    expect(deriveKeyring(first, []).accounts).not.toEqual(deriveKeyring(second, []).accounts);
    expect(deriveKeyring(second, [first]).accounts[1]).toBe(deriveKeyring(first, []).accounts[0]);
    expect(deriveKeyring(first, []).peppers.current).not.toBe(deriveKeyring(second, []).peppers.current);
  });

  it("keeps former peppers for verification and makes new hashes under the current one", () => {
    const before = deriveKeyring(first, []).peppers;
    const after = deriveKeyring(second, [first]).peppers;
    expect(after.current).not.toBe(before.current);
    expect(after.byId.get(before.current)).toEqual(before.byId.get(before.current));
    expect(after.byId.size).toBe(2);
  });

  it("never derives one key for two uses", () => {
    const { accounts, peppers, auditKeys } = deriveKeyring(first, []);
    const keys = [
      Buffer.from(accounts[0], "base64url"),
      peppers.byId.get(peppers.current),
      auditKeys.byId.get(auditKeys.current),
    ];
    expect(new Set(keys.map((key) => Buffer.from(key ?? []).toString("hex"))).size).toBe(3);
  });
});

describe("readOrCreateSecretFile", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin secret "));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it("makes a secret once, for the owner's eyes only", () => {
    const dataDir = path.join(folder, "data");
    const secret = readOrCreateSecretFile(dataDir);
    expect(secret.length).toBeGreaterThanOrEqual(64);
    expect(readOrCreateSecretFile(dataDir)).toBe(secret);
    expect(fs.readdirSync(dataDir)).toEqual(["secret"]);
    expect(fs.statSync(path.join(dataDir, "secret")).mode & 0o077).toBe(0);
  });

  it("does not go on with a file that was cut short", () => {
    fs.writeFileSync(path.join(folder, "secret"), "abc");
    expect(() => readOrCreateSecretFile(folder)).toThrow(/cut short/);
  });
});

it.runIf(process.platform === "linux")("finds the same secret after a power cut", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-secret-power-"));
  const disk = shadowDisk(folder);
  try {
    const secret = readOrCreateSecretFile(path.join(folder, "data"));
    disk.cutPower(path.join(folder, "left"));
    expect(readOrCreateSecretFile(path.join(folder, "left", "data"))).toBe(secret);
  } finally {
    disk.stop();
    fs.rmSync(folder, { recursive: true });
  }
});
