import { bodyLength, checkLength, isSecret, prefixOf } from "../keys";
import { managePrefixOf } from "../tokens";

/**
 * The regular expression that finds this instance's secrets in a text, for scanners: keys and management tokens. Of
 * what it finds, the check characters tell what is none (`isSecret`).
 */
export function scannerPattern(keyPrefix: string): string {
  return `\\b(?:${keyPrefix}|${managePrefixOf(keyPrefix)})[0-9A-Za-z]{${bodyLength + checkLength}}\\b`;
}

/** A text without whatever could be a secret of any instance. */
export function blotSecrets(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: body, index } of text.matchAll(anyBody)) {
    let start = index;
    while (start > from && /[a-z0-9_]/.test(text.charAt(start - 1))) start -= 1;
    parts.push(text.slice(from, start), "[redacted]");
    from = index + body.length;
  }
  return parts.join("") + text.slice(from);
}

// Behind the brand part, which is looked for backwards: forwards a pattern would begin it anew at each of its letters.
const anyBody = new RegExp(`(?<=[a-z0-9]_)[0-9A-Za-z]{${bodyLength + checkLength}}`, "g");

/** Where secrets stand in a text: the line, from 1, and as much of the secret as lists show. */
export function findSecrets(text: string, keyPrefix: string): { line: number; prefix: string }[] {
  const pattern = new RegExp(scannerPattern(keyPrefix), "g");
  return text.split("\n").flatMap((content, i) =>
    (content.match(pattern) ?? []).filter(isSecret).map((secret) => ({
      line: i + 1,
      prefix: prefixOf(secret, secret.startsWith(keyPrefix) ? keyPrefix : managePrefixOf(keyPrefix)),
    })),
  );
}
