import { bodyLength, checkLength } from "../keys/secret";
import { managePrefixOf } from "../tokens/prefix";

/**
 * The regular expression that finds this instance's secrets in a text, for scanners: keys and management tokens. Of
 * what it finds, the check characters tell what is none (`isSecret`).
 */
export function scannerPattern(keyPrefix: string): string {
  return `\\b(?:${keyPrefix}|${managePrefixOf(keyPrefix)})[0-9A-Za-z]{${bodyLength + checkLength}}\\b`;
}
