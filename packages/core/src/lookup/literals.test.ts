import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { esqlString, kqlString, sigmaString, splString, yamlString } from "./literals";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("\\", '"', "'", "`", "*", "?", "n", "u", "0", "\n", "\t", "|", "\u0085", "\ufeff", "a"),
  }),
);

/** Reads `"…"` with backslash escapes to its end; throws when the quotes close early or not at all. */
function readQuoted(literal: string, escapes: Record<string, string>, coded: boolean): string {
  const whole = /^"((?:[^"\\\n\r]|\\u[0-9a-f]{4}|\\[^u])*)"$/u.exec(literal);
  if (whole?.[1] === undefined) throw new Error(`not one literal: ${literal}`);
  return whole[1].replace(
    /\\(?:u([0-9a-f]{4})|(.))/gu,
    (_, code: string | undefined, character: string | undefined) => {
      if (code !== undefined && coded) return String.fromCharCode(Number.parseInt(code, 16));
      const meaning = escapes[character ?? "u"];
      if (meaning === undefined) throw new Error(`no such escape: ${character}`);
      return meaning;
    },
  );
}

const plainEscapes = { '"': '"', "\\": "\\" };

const readKql = (literal: string) => readQuoted(literal, plainEscapes, true);
const readEsql = (literal: string) => readQuoted(literal, { ...plainEscapes, t: "\t", n: "\n", r: "\r" }, false);

/** Literals joined by dots, where `urldecode("%60")` is a backtick. */
function readSpl(expression: string): string {
  const term = /(?:urldecode\("%60"\)|"((?:[^"\\`]|\\["\\])*)")(\.|$)/suy;
  let value = "";
  for (;;) {
    const match = term.exec(expression);
    if (!match) throw new Error(`not an SPL expression: ${expression}`);
    value += match[1]?.replace(/\\(["\\])/g, "$1") ?? "`";
    if (match[2] === "") return value;
  }
}

function readYaml(literal: string): string {
  const single = /^'((?:[\u0020-\u0026\u0028-\u007e\u00a0-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]|'')*)'$/u.exec(
    literal,
  );
  return single?.[1]?.replaceAll("''", "'") ?? readQuoted(literal, plainEscapes, true);
}

/** What a Sigma value matches, as pySigma reads it; throws when a wildcard is left. */
function readSigma(value: string): string {
  let plain = "";
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (character === "*" || character === "?") throw new Error(`a wildcard at ${at}`);
    const next = value.charAt(at + 1);
    if (character === "\\" && next !== "" && "\\*?".includes(next)) at += 1;
    plain += value.charAt(at);
  }
  return plain;
}

describe("a literal reads back as the text, and ends where it should", () => {
  const languages = {
    SPL: [splString, readSpl],
    KQL: [kqlString, readKql],
    "ES|QL": [esqlString, readEsql],
    YAML: [yamlString, readYaml],
    Sigma: [sigmaString, readSigma],
    "Sigma in YAML": [(value: string) => yamlString(sigmaString(value)), (value: string) => readSigma(readYaml(value))],
  } satisfies Record<string, [(text: string) => string, (literal: string) => string]>;

  it.each(Object.entries(languages))("%s", (_, [write, read]) => {
    fc.assert(
      fc.property(text, (value) => {
        expect(read(write(value))).toBe(value);
      }),
      { numRuns: 500 },
    );
  });
});

it.each([
  [splString, 'a"b\\c', '"a\\"b\\\\c"'],
  [splString, "a`b", '"a".urldecode("%60")."b"'],
  [kqlString, 'a"b\\c\u0085', '"a\\"b\\\\c\\u0085"'],
  [esqlString, 'a"\\n\n', '"a\\"\\\\n\\n"'],
  [yamlString, "it's: #1", "'it''s: #1'"],
  [yamlString, "a\n'b", '"a\\u000a\'b"'],
  [sigmaString, "http://a.example/?q=*\\x", "http://a.example/\\?q=\\*\\x"],
  [sigmaString, "C:\\*", "C:\\\\\\*"],
])("%o writes %j as %s", (write, value, literal) => expect(write(value)).toBe(literal));
