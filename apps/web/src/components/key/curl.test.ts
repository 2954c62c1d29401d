import { expect, it } from "vitest";
import { askingCurl } from "./curl";

it("asks for the secret, since the page does not have it", () => {
  expect(askingCurl("https://t.example")).toBe(
    `printf 'API key: '; stty -echo; read -r TOCSIN_KEY; stty echo; echo
curl -H "Authorization: Bearer $TOCSIN_KEY" "https://t.example/api/v1/iocs?limit=5"`,
  );
});
