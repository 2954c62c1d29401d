import { expect, it } from "vitest";
// @boundaries-ignore the reader of floors lies at the root, since every package has some
import { floorProblems } from "../../../floors.shared";

/** From the ground up; what stands in one list does not know each other. */
const order = [
  ["process", "settings", "limits", "mail", "text-reader", "wire"],
  "accounts",
  "deps",
  ["reseal", "backup"],
  ["gate", "notices", "exports"],
  "leak-reports",
  "router",
  ["rest", "documents", "imports", "trpc", "taxii", "mcp", "stream", "scim", "web", "health"],
  "reference",
  ["jobs", "commands"],
  "unread-requests",
  "app",
  "serve",
  "run-program",
  "cli",
];

it("the folders of the API import downwards alone, and no transport knows another", () => {
  expect(floorProblems({ src: import.meta.dirname, order, onlyForTests: ["attack"] })).toEqual([]);
});
