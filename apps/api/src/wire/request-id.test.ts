import { expect, it } from "vitest";
import { newRequestId } from "./request-id";

it("no two requests have one id, over many draws of random bytes", () => {
  const ids = Array.from({ length: 5_000 }, newRequestId);
  expect(new Set(ids).size).toBe(5_000);
  expect(ids.filter((id) => !/^req_[0-9a-f]{24}$/.test(id))).toEqual([]);
});
