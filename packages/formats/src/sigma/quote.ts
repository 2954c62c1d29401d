// Sigma specification 2.1, rules: wildcards and escapes; YAML 1.2 section 7.3: quoted scalars.

/**
 * A value that matches the text alone: wildcards escaped, and a backslash doubled where it would otherwise escape what
 * follows it. Still to be quoted for YAML.
 */
export function sigmaValue(text: string): string {
  return text.replace(/\\(?=[\\*?]|$)/g, "\\\\").replace(/[*?]/g, "\\$&");
}

/** A scalar in single quotes; in double quotes only where a character may not stand for itself. */
export function yamlQuoted(text: string): string {
  if (printable.test(text) || !unprintable.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const escaped = text
    .replace(/[\\"]/g, "\\$&")
    .replace(unprintables, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `"${escaped}"`;
}

// Most texts: many times faster to see than what is outside.
const printable = /^[ -~]*$/;
/** Outside YAML's c-printable, a byte order mark, or a line break to some reader. */
const unprintable = /[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
const unprintables = new RegExp(unprintable, "gu");
