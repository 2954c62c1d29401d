import { expect, it } from "vitest";
import { curlLine } from "./curl";

it("reads the secret from the environment where it is not known", () => {
  expect(curlLine("https://t.example")).toBe(
    'curl -H "Authorization: Bearer $TOCSIN_KEY" "https://t.example/api/v1/iocs?limit=5"',
  );
});
