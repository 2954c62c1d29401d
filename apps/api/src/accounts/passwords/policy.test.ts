import { expect, it } from "vitest";
import { passwordProblem } from "./policy";

const ada = { name: "Ada Lovelace", email: "ada.lovelace@analytical.example" };
const problemOf = (password: string, minLength = 10) => passwordProblem(password, ada, minLength);

it.each([
  "1234567890",
  "qwertyuiop",
  "Password123",
  "P@ssw0rd2024!",
  "p4$$w0rd!!!!",
  "PASSWORDPASSWORD",
  "!!!iloveyou!!!",
  "111dragon...",
  "sunshine.2026",
  "pass-word-99",
])("%s is refused as a common one", async (password) => {
  expect(await problemOf(password, 8)).toMatch(/most common/);
});

it.each(["lovelace1815!", "Ada.Lovelace.1", "analytical2026", "adaadaada123"])(
  "%s is refused for its owner alone",
  async (password) => {
    expect(await problemOf(password)).toMatch(/name or the email/);
    expect((await passwordProblem(password, { name: "Bo Li", email: "bo@other.example" }, 10)) ?? "").not.toMatch(
      /name or/,
    );
  },
);

it.each([
  ["short", /fewer than 10/],
  ["aaaaaaaaaaaaaa", /too few/],
  ["abababababab12", /too few/],
])("%s is refused", async (password, problem) => {
  expect(await problemOf(password)).toMatch(problem);
});

it.each([
  "correct horse battery",
  "vj3-kkq0-w8rt",
  "lovelace climbs green mountains",
  "日本語のとても長いパスワード",
  `${"x".repeat(200)}yzab cdef`,
])("%s may be set", async (password) => {
  expect(await problemOf(password)).toBeNull();
});

it("counts characters, not code units", async () => {
  expect(await problemOf("🔑🔒🗝️🛡️🚪")).toMatch(/fewer than 10/);
});
