import { expect, it } from "vitest";
import { pastedValues } from "./pasted-values";

it.each([
  ["", []],
  ["  \n\n", []],
  ["a.example", ["a.example"]],
  ["a.example\r\nb.example\n\na.example", ["a.example", "b.example"]],
  ["a.example, b[.]example;\t192.0.2.1", ["a.example", "b[.]example", "192.0.2.1"]],
  ["\"a.example\",'b.example'", ["a.example", "b.example"]],
  ["hxxp://a.example/x y", ["hxxp://a.example/x y"]],
])("%j holds %j", (text, values) => {
  expect(pastedValues(text)).toEqual(values);
});
