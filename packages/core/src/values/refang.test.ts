import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpuGrowth } from "../lib/testing";
import { refang } from "./refang";

describe("refang", () => {
  it.each([
    ["hxxp[:]//evil[.]example/a", "http://evil.example/a"],
    ["hXXps://evil[dot]example", "https://evil.example"],
    ["h**p://evil.example", "http://evil.example"],
    ["meow://evil.example/x", "http://evil.example/x"],
    ["fxp://evil.example", "ftp://evil.example"],
    ["http[://]evil.example", "http://evil.example"],
    ["http:// evil.example/a", "http://evil.example/a"],
    ["evil(dot)example", "evil.example"],
    ["evil [.] example", "evil.example"],
    ["evil{.}example", "evil.example"],
    ["evil\\.example", "evil.example"],
    ["evil dot example", "evil.example"],
    ["evil。example", "evil.example"],
    ["bad[at]evil[.]example", "bad@evil.example"],
    ["bad (at) evil (dot) example", "bad@evil.example"],
    ["198[.]51[.]100[.]7", "198.51.100.7"],
    ["198.51.100[.]0/24", "198.51.100.0/24"],
    ["2001[:]db8[:][:]1", "2001:db8::1"],
    ["ev\u200bil.exa\u00admple", "evil.example"],
    ["<https://evil.example/>", "https://evil.example/"],
    ['"evil.example",', "evil.example"],
    ["evil.example.", "evil.example"],
    ["(evil.example)", "evil.example"],
    ["http://evil.example/a(b)", "http://evil.example/a(b)"],
    ["http://evil.example/?q=a%20b&dot=1", "http://evil.example/?q=a%20b&dot=1"],
    ["http://evil.example/a dot b", "http://evil.example/a dot b"],
  ])("%s is %s", (raw, plain) => {
    expect(refang(raw)).toBe(plain);
  });

  const pieces = [
    "hxxp",
    "[",
    "]",
    "(",
    ")",
    ".",
    "dot",
    ":",
    "//",
    "@",
    " at ",
    "\\",
    "a",
    "evil",
    "\u200b",
    "<",
    ">",
    '"',
    "😀",
  ];
  const tricky = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(""));

  it("is idempotent, and no text makes it throw", () => {
    fc.assert(
      fc.property(fc.oneof(tricky, fc.string({ unit: "binary" }), fc.webUrl()), (text) => {
        const once = refang(text);
        expect(refang(once)).toBe(once);
      }),
      { numRuns: 1_000 },
    );
  });

  it("undoes defanging of any URL", () => {
    const host = fc.array(fc.stringMatching(/^[a-z0-9]{1,10}$/), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(host, fc.stringMatching(/^[a-z0-9/_=-]{0,20}[a-z0-9]$/), (labels, path) => {
        const url = `https://${labels.join(".")}.example/${path}`;
        const defanged = `hxxps[:]//${labels.join("[.]")}[.]example/${path}`;
        expect(refang(defanged)).toBe(url);
      }),
    );
  });

  const repeated = [
    " ",
    "\t",
    "\u200b ",
    ".",
    "[.]",
    "[",
    "(",
    "]",
    "<",
    '"',
    "\\",
    "[:]",
    "://",
    "[://]",
    " dot ",
    " . ",
    "a.",
    "@",
    " at ",
    "。",
    "*",
    "[.",
    "( ",
    ")",
    "a dot ",
    "hxxp[:",
    "ip: ",
    'ip: "',
    "\\",
  ];
  const around: [string, string][] = [
    ["", '"'.repeat(8_000)],
    ["a", "[.]b"],
    ["http://", "a.com"],
    ["hxxp[:]//", "a[.]com"],
    ["http:", "//a.com"],
    ["", "a.com"],
    ["a", ""],
    ["a[.]b", "/"],
  ];
  it.each(repeated)("takes CPU time in proportion to the length of %j repeated", (token) => {
    for (const [before, after] of around) {
      const make = (size: number) => before + token.repeat(size / token.length) + after;
      expect(cpuGrowth(refang, make, 32_000), `${before}…${after}`).toBeLessThan(2.5);
    }
  });
});
