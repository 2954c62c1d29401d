import { describe, expect, it } from "vitest";
import { requireGoodFields } from "./fields";

describe("what people call themselves and their workspaces", () => {
  it.each([
    [{ name: "Ada Lovelace" }],
    [{ name: "שלום 💣", image: "https://img.example/ada.png" }],
    [{ data: { name: "Security operations", slug: "sec-ops", logo: null } }],
    [{ email: "ada@tocsin.example", password: "a\tb" }],
    [undefined],
    [[]],
  ])("may be %j", (given) => {
    expect(() => requireGoodFields(given)).not.toThrow();
  });

  it.each([
    [{ name: "" }, "name"],
    [{ name: "x".repeat(101) }, "name"],
    [{ name: "a\r\nSet-Cookie: x=1" }, "name"],
    [{ name: "a\u0000b" }, "name"],
    [{ name: "invoice\u202efdp.exe" }, "name"],
    [{ name: ["x"] }, "name"],
    [{ data: { name: "x".repeat(101) } }, "data.name"],
    [{ data: { slug: "../etc" } }, "data.slug"],
    [{ data: { logo: "javascript:alert(1)" } }, "data.logo"],
    [{ image: "http://img.example/ada.png" }, "image"],
    [{ image: `https://img.example/${"x".repeat(3_000)}` }, "image"],
    [{ email: "a\u0000@b.example" }, "email"],
  ])("is not %j", (given, field) => {
    expect(() => requireGoodFields(given)).toThrow(
      expect.objectContaining({ code: "invalid_parameter", message: expect.stringContaining(field) }),
    );
  });
});
