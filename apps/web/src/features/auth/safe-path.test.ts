import { describe, expect, it } from "vitest";
import { safePath } from "./safe-path";

describe("safePath", () => {
  it.each(["/", "/keys?status=revoked", "/keys/1#x", "/lookup?value=https%3A%2F%2Fevil.example"])(
    "keeps %s",
    (path) => {
      expect(safePath(path)).toBe(path);
    },
  );
  it.each([
    undefined,
    "",
    "keys",
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/..//evil.example",
    "javascript:alert(1)",
    "/sign-in?redirect=%2Fkeys",
  ])("goes home instead of to %s", (path) => {
    expect(safePath(path)).toBe("/");
  });
});
