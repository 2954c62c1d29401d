import { describe, expect, it } from "vitest";
import { highlight, keyOf, mostShown } from "./highlight";

const marksOf = (text: string, values: readonly string[]) =>
  highlight(text, new Set(values.map(keyOf)))
    .stretches.filter(({ key }) => key !== null)
    .map(({ text: mark, key }) => [mark, key]);

describe("indicators in a text", () => {
  it.each([
    ["Seen at evil[.]example, today.", "evil.example", "evil[.]example"],
    ["(hxxps://Evil[.]example/a)", "https://evil.example/a", "hxxps://Evil[.]example/a"],
    ["src=198.51.100.7:443 dst=x", "198.51.100.7", "src=198.51.100.7:443"],
    ["mail <bill@evil.example>", "bill@evil.example", "bill@evil.example"],
    ["http://evil.example/", "http://evil.example/", "http://evil.example/"],
    ["CVE-2026-0001.", "CVE-2026-0001", "CVE-2026-0001"],
  ])("are marked where they stand: %s", (text, value, mark) => {
    const marks = marksOf(text, [value]);
    expect(marks.map(([, key]) => key)).toEqual([keyOf(value)]);
    expect(mark).toContain(String(marks[0]?.[0]));
  });

  it("leave the text as it is", () => {
    const text = "a evil[.]example\n\n  b <evil.example> c";
    const { stretches } = highlight(text, new Set(["evil.example"]));
    expect(stretches.map((one) => one.text).join("")).toBe(text);
    expect(stretches.filter(({ key }) => key).length).toBe(2);
  });

  it("are not looked for beyond what can be shown", () => {
    const { cut, stretches } = highlight(`${"x ".repeat(mostShown)}evil.example`, new Set(["evil.example"]));
    expect(cut).toBe(true);
    expect(stretches.some(({ key }) => key !== null)).toBe(false);
  });
});
