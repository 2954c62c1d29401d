import { expect, it } from "vitest";
import { nearestName } from "./nearest-name";

it.each([
  ["expiresAt", "expires_at"],
  ["allowed_ip", "allowed_ips"],
  ["IPs", "allowed_ips"],
  ["nam", "name"],
  ["naem", null],
  ["colour", null],
  ["x".repeat(10_000), null],
])("%s most likely means %s", (name, meant) => {
  expect(nearestName(name, ["name", "expires_at", "allowed_ips"])).toBe(meant);
});
