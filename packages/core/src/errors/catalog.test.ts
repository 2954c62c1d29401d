import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { AppError, invalidParameter } from "./app-error";
import { type ErrorCode, errorCatalog } from "./catalog";

const document = fs.readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8");
const sections = document
  .split(/^## /m)
  .slice(1)
  .map((text) => ({
    code: /^`([a-z_]+)`\n/.exec(text)?.[1] ?? "",
    status: Number(/^Status \*\*(\d{3})\*\*\. /m.exec(text)?.[1]),
    advice: /^\*\*What to do:\*\* (.+)$/m.exec(text)?.[1] ?? "",
    example: JSON.parse(/```json\n([\s\S]+?)\n```/.exec(text)?.[1] ?? "null"),
  }));
const isCode = (text: string): text is ErrorCode => text in errorCatalog;

describe("docs/errors.md", () => {
  it("has one section for each code, in the catalog's words and no other", () => {
    expect(sections.map(({ code }) => code).sort()).toEqual(Object.keys(errorCatalog).sort());
  });

  it.each(sections)("$code: an example of its own, and what to do", ({ code, advice, example }) => {
    expect(advice.length).toBeGreaterThan(10);
    expect(Object.keys(example)).toEqual(["error"]);
    expect(example.error).toMatchObject({ code, request_id: expect.stringMatching(/^req_/) });
    // Only this one says something else each time: it names the field.
    if (isCode(code) && code !== "invalid_parameter") expect(example.error.message).toBe(errorCatalog[code].message);
  });

  it("gives each kind one status, and each status one kind", () => {
    const pairs = sections.map(({ code, status }) => `${isCode(code) ? errorCatalog[code].kind : ""} ${status}`);
    const distinct = [...new Set(pairs)].map((pair) => pair.split(" "));
    expect(new Set(distinct.map(([kind]) => kind)).size).toBe(distinct.length);
    expect(new Set(distinct.map(([, status]) => status)).size).toBe(distinct.length);
  });
});

describe("AppError", () => {
  it("takes kind and message from the catalog unless it is given another message", () => {
    expect(new AppError("expired_api_key")).toMatchObject({
      code: "expired_api_key",
      kind: "unauthenticated",
      message: errorCatalog.expired_api_key.message,
      details: undefined,
      retryAfter: undefined,
    });
    const cause = new Error("secret text");
    const error = new AppError("service_unavailable", { message: "Soon.", retryAfter: 5, cause });
    expect(error).toMatchObject({ message: "Soon.", retryAfter: 5, cause });
  });

  it("names the first wrong field in its message and all of them in its details", () => {
    const fields = [
      { field: "limit", problem: "is too large", allowed: "at most 100" },
      { field: "q", problem: "is empty" },
    ] as const;
    const error = invalidParameter(...fields);
    expect(error.message).toBe("limit: is too large; allowed: at most 100");
    expect(error.details).toEqual({ fields });
  });

  it("shows an example that this code makes", () => {
    const { error } = sections.find(({ code }) => code === "invalid_parameter")?.example ?? {};
    const [field] = error.details.fields;
    expect(invalidParameter(field)).toMatchObject({ message: error.message, details: error.details });
  });
});
