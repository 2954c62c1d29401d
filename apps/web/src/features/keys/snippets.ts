/** A first request in a language or a product, with the key in place. */
type Snippet = { label: string; file: string; text: (origin: string, key: string) => string };

// Keys are of letters, digits and `_`: no quoting of any of these languages is needed.
export const snippets = {
  curl: {
    label: "curl",
    file: "tocsin.sh",
    text: (origin, key) => `curl -H "Authorization: Bearer ${key}" "${origin}/api/v1/iocs?limit=5"`,
  },
  python: {
    label: "Python",
    file: "tocsin.py",
    text: (origin, key) => `import json
import urllib.request

request = urllib.request.Request(
    "${origin}/api/v1/iocs?limit=5",
    headers={"Authorization": "Bearer ${key}"},
)
with urllib.request.urlopen(request, timeout=30) as response:
    for ioc in json.load(response)["data"]:
        print(ioc["type"], ioc["value"], ioc["risk_score"])`,
  },
  typescript: {
    label: "TypeScript",
    file: "tocsin.ts",
    text: (origin, key) => `const response = await fetch("${origin}/api/v1/iocs?limit=5", {
  headers: { authorization: "Bearer ${key}" },
});
if (!response.ok) throw new Error(\`\${response.status} \${await response.text()}\`);
const { data } = (await response.json()) as { data: { type: string; value: string; risk_score: number }[] };
for (const ioc of data) console.log(ioc.type, ioc.value, ioc.risk_score);`,
  },
  splunk: {
    label: "Splunk",
    file: "tocsin-lookup.sh",
    text: (origin, key) => `# From cron, every hour: a lookup file that | lookup tocsin.csv value AS dest_ip reads.
curl -fsS -H "Authorization: Bearer ${key}" \\
  "${origin}/api/v1/iocs?format=csv&type=ipv4&limit=1000" \\
  -o "$SPLUNK_HOME/etc/apps/search/lookups/tocsin.csv"`,
  },
  sentinel: {
    label: "Sentinel",
    file: "tocsin-sentinel.txt",
    text: (origin, key) => `Data connector: Threat intelligence - TAXII
API root URL:   ${origin}/api/taxii2/api/
Collection ID:  all
Username:       any text
Password:       ${key}`,
  },
  misp: {
    label: "MISP",
    file: "tocsin-misp.txt",
    text: (origin, key) => `Sync Actions > Feeds > Add Feed
Provider:      Tocsin
Input Source:  Network
URL:           ${origin}/api/v1/misp/
Source Format: MISP Feed
Headers:       Authorization: Bearer ${key}`,
  },
  opencti: {
    label: "OpenCTI",
    file: "tocsin-opencti.txt",
    text: (origin, key) => `Data > Ingestion > TAXII feeds > Create
TAXII server URL: ${origin}/api/taxii2/api/
TAXII version:    2.1
TAXII collection: all
Authentication:   Bearer token
Token:            ${key}`,
  },
} as const satisfies Record<string, Snippet>;
