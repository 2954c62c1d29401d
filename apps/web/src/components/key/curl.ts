/** A request to try a key with, as lines of a POSIX shell that ask for the key and show nothing of it. */
export function askingCurl(origin: string): string {
  return [
    "printf 'API key: '; stty -echo; read -r TOCSIN_KEY; stty echo; echo",
    `curl -H "Authorization: Bearer $TOCSIN_KEY" "${origin}/api/v1/iocs?limit=5"`,
  ].join("\n");
}
