/** A request to try a key with, as a line of a POSIX shell; without a secret it reads one from the environment. */
export function curlLine(origin: string, secret?: string): string {
  const key = secret === undefined ? "$TOCSIN_KEY" : secret;
  return `curl -H "Authorization: Bearer ${key}" "${origin}/api/v1/iocs?limit=5"`;
}
