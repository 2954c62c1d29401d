import { TRPCClientError } from "@trpc/client";
import { describe, expect, it } from "vitest";
import { fieldErrors } from "./field-errors";
import { isSessionEnd, Problem, problemOf } from "./problem";

function refused(data: object): unknown {
  return TRPCClientError.from({
    error: { message: "allowed_ips[1]: is not an address or network", code: -32600, data },
  });
}

const fields = [
  { field: "allowed_ips[1]", problem: "is not an address or network", allowed: "an address" },
  { field: "allowed_ips[2]", problem: "is not an address or network" },
  { field: "unknown", problem: "is not known" },
];

describe("problemOf", () => {
  it("reads an answer of tRPC", () => {
    const error = refused({
      error_code: "invalid_parameter",
      details: { fields: [...fields, { nonsense: 1 }] },
      request_id: "req_1",
      httpStatus: 400,
      code: "BAD_REQUEST",
    });
    expect(problemOf(error)).toEqual({
      code: "invalid_parameter",
      message: "allowed_ips[1]: is not an address or network",
      status: 400,
      requestId: "req_1",
      fields,
    });
  });
  it("says that the server did not answer when it did not", () => {
    for (const error of [new TypeError("Failed to fetch"), TRPCClientError.from(new TypeError("Failed to fetch"))]) {
      expect(problemOf(error)).toMatchObject({ status: null, message: expect.stringContaining("did not answer") });
    }
  });
  it("reads an answer of the account client", () => {
    const error = { status: 401, statusText: "UNAUTHORIZED", message: "Invalid email or password", code: "INVALID" };
    expect(problemOf(error)).toMatchObject({ status: 401, message: "Invalid email or password", code: "INVALID" });
    expect(problemOf({ status: 429, statusText: "" }).message).toContain("429");
    expect(problemOf({ status: 502, statusText: "Bad Gateway" }).message).toContain("did not answer");
  });
  it("keeps the facts of a Problem", () => {
    const facts = problemOf({ status: 404, message: "There is no such resource." });
    expect(problemOf(new Problem(facts))).toBe(facts);
  });
  it("does not fall over anything that can be thrown", () => {
    for (const error of [null, undefined, "text", 5, {}]) expect(problemOf(error).message).not.toBe("");
  });
});

describe("isSessionEnd", () => {
  it("knows the end of a session from a wrong code", () => {
    expect(isSessionEnd(refused({ error_code: "invalid_session", httpStatus: 401 }))).toBe(true);
    expect(isSessionEnd({ status: 401, statusText: "UNAUTHORIZED" })).toBe(true);
    expect(isSessionEnd({ status: 401, code: "INVALID_CODE", message: "Invalid code" })).toBe(false);
    expect(isSessionEnd(refused({ error_code: "insufficient_role", httpStatus: 403 }))).toBe(false);
    expect(isSessionEnd(new TypeError("Failed to fetch"))).toBe(false);
  });
});

describe("fieldErrors", () => {
  it("puts the first note of each field beside it and leaves others to the alert", () => {
    const error = refused({ details: { fields } });
    expect(fieldErrors(error, { allowed_ips: "allowedIps", name: "name" })).toEqual({
      allowedIps: "This is not an address or network; allowed: an address",
    });
  });
});

it("reads the envelope that the account client finds in place of its own errors", () => {
  const envelope = { code: "rate_limit_exceeded", message: "Too many requests.", request_id: "req_1" };
  expect(problemOf({ status: 429, statusText: "Too Many Requests", error: envelope })).toEqual({
    code: "rate_limit_exceeded",
    message: "Too many requests.",
    status: 429,
    requestId: "req_1",
    fields: [],
  });
});
