// How each query language writes a text so that nothing in it ends the literal or means more than itself.

/**
 * SPL, an eval expression whose value is the text. A backtick would start a macro even inside quotes, so the literal
 * is broken there. Not for the search command, in which `*` is a wildcard inside quotes too.
 */
export function splString(text: string): string {
  return text
    .split("`")
    .map((part) => `"${part.replace(/[\\"]/g, "\\$&")}"`)
    .join('.urldecode("%60").');
}

/** KQL: a quoted literal with backslash escapes. */
export function kqlString(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replace(controls, (character) => `\\u${codeOf(character)}`)}"`;
}

/** ES|QL: a quoted literal, which knows the escapes of the backslash, the quote, tab and line breaks only. */
export function esqlString(text: string): string {
  const named: Record<string, string> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };
  return `"${text.replace(/[\\"]/g, "\\$&").replace(/[\t\n\r]/g, (character) => named[character] ?? "")}"`;
}

/** YAML 1.2 section 7.3: single quotes; double quotes only where a character may not stand for itself. */
export function yamlString(text: string): string {
  if (!unprintable.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const escaped = text
    .replace(/[\\"]/g, "\\$&")
    .replace(new RegExp(unprintable, "gu"), (character) => `\\u${codeOf(character)}`);
  return `"${escaped}"`;
}

/**
 * A Sigma value that matches the text alone: wildcards escaped, and a backslash doubled where it would otherwise escape
 * what follows it. Still to be quoted for YAML.
 */
export function sigmaString(text: string): string {
  return text.replace(/\\(?=[\\*?]|$)/g, "\\\\").replace(/[*?]/g, "\\$&");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not stand for themselves
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
/** Outside YAML's c-printable, a byte order mark, or a line break to some reader. */
const unprintable = /[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}
