import { expect, it } from "vitest";
import { noticeSearch } from "./notice-search";

it("keeps what the page knows and drops the rest", () => {
  expect(noticeSearch({ kind: "quota.reached", show: "unread" })).toEqual({ kind: "quota.reached", show: "unread" });
  expect(noticeSearch({ kind: "quota", show: "all", page: 3 })).toEqual({});
});
