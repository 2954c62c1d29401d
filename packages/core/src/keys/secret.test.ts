import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpuGrowth } from "../lib/testing";
import { hashSecret, isSecret, mintSecret, prefixOf, sealSecret } from "./secret";

const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";

describe("secret", () => {
  it("is the brand part, 43 characters and 6 check characters", () => {
    const secret = mintSecret("sk_live_");
    expect(secret).toMatch(/^sk_live_[0-9A-Za-z]{49}$/);
    expect(isSecret(secret)).toBe(true);
    expect(prefixOf(secret, "sk_live_")).toBe(secret.slice(0, 12));
  });

  it("never comes twice, and uses the whole alphabet", () => {
    const secrets = Array.from({ length: 2_000 }, () => mintSecret("sk_live_"));
    expect(new Set(secrets).size).toBe(secrets.length);
    expect(new Set(secrets.map((secret) => secret.slice(20, 40)).join("")).size).toBe(62);
  });

  it("is recognised under any brand part, whose prefix still shows 4 characters of the secret", () => {
    for (const brand of ["a_", "sk_live_", "a_rather_long_brand_12_"]) {
      const secret = mintSecret(brand);
      expect(isSecret(secret)).toBe(true);
      expect(prefixOf(secret, brand).length).toBe(Math.max(12, brand.length + 4));
    }
  });

  it("is refused when one character is mistyped", () => {
    const secret = mintSecret("sk_live_");
    fc.assert(
      fc.property(fc.nat(secret.length - 1), fc.constantFrom(...characters), (at, character) => {
        const typed = secret.slice(0, at) + character + secret.slice(at + 1);
        expect(isSecret(typed)).toBe(typed === secret);
      }),
    );
  });

  it("is refused when two neighbours are swapped or it is cut or padded", () => {
    const secret = mintSecret("sk_live_");
    for (let at = 0; at < secret.length - 1; at++) {
      const swapped = `${secret.slice(0, at)}${secret.charAt(at + 1)}${secret.charAt(at)}${secret.slice(at + 2)}`;
      expect(isSecret(swapped)).toBe(swapped === secret);
    }
    for (const text of ["", secret.slice(1), secret.slice(0, -1), `${secret}0`, ` ${secret}`, `${secret}\n`]) {
      expect(isSecret(text)).toBe(false);
    }
  });

  it("is refused, and quickly, whatever was sent", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isSecret(text)).toBe(false);
      }),
    );
    const parts = (size: number) => "a_".repeat(size / 2);
    expect(isSecret(parts(1_000_000))).toBe(false);
    expect(cpuGrowth(isSecret, parts, 500_000)).toBeLessThan(2.5);
  });

  it("is stored under the current pepper as a hash that another pepper does not give", () => {
    const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const secret = mintSecret("sk_live_");
    const byId = new Map([
      ["old", one],
      ["new", two],
    ]);
    const sealed = sealSecret(secret, { current: "new", byId });
    expect(sealed).toEqual({ hash: hashSecret(secret, two), pepperId: "new" });
    expect(sealed.hash).toHaveLength(32);
    expect(sealed.hash).not.toEqual(hashSecret(secret, one));
    expect(() => sealSecret(secret, { current: "lost", byId })).toThrow("lost");
  });
});
