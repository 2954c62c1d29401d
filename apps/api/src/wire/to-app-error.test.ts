import { AppError } from "@tocsin/core/errors";
import { createDb } from "@tocsin/db";
import { TRPCError } from "@trpc/server";
import { expect, it } from "vitest";
import { toAppError } from "./to-app-error";

it("keeps what a caller may see, and nothing else", () => {
  const known = new AppError("not_found");
  expect(toAppError(known)).toBe(known);
  expect(toAppError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: known }))).toBe(known);
  const unknown = toAppError(new Error("the password is swordfish"));
  expect([unknown.code, unknown.message.includes("swordfish")]).toEqual(["internal_error", false]);
  expect(toAppError(null).code).toBe("internal_error");
});

it("says service_unavailable when the database is not there", async () => {
  const error: unknown = await createDb({ url: "postgres://nobody@127.0.0.1:1/none" }).catch(
    (thrown: unknown) => thrown,
  );
  expect(toAppError(error)).toMatchObject({ code: "service_unavailable", retryAfter: 5 });
  expect(toAppError(new Error("wrapped", { cause: error })).code).toBe("service_unavailable");
});

it("tells a client that breaks off from a database that does", () => {
  const code = "ECONNRESET";
  expect(toAppError(Object.assign(new Error("aborted"), { code })).code).toBe("malformed_body");
  expect(toAppError(Object.assign(new Error("read ECONNRESET"), { code })).code).toBe("service_unavailable");
});
