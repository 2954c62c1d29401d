import { rowsOf } from "../../lib/tables";

export type Collection = { id: string; alias: string; title: string };
/** `publicUrl` without a slash at its end. */
export type Server = { apiRootUrl: string; publicUrl: string };

/** A program that reads TAXII or, where it has none to read with, something of ours that it does read. */
export type Client = {
  id: string;
  name: string;
  /** Where its settings are. */
  where: string;
  /** Settings by the names that the program gives them. */
  fields: readonly (readonly [name: string, value: string])[];
  /** A file or a command to be taken whole. */
  block?: string;
  note?: string;
};

/** Stands for the key, which is shown once and kept nowhere. */
export const keyPlaceholder = "YOUR_API_KEY";
const user = "tocsin";

type Place = { server: Server; collection: Collection; objectsUrl: string };

const basic = [
  ["User name", user],
  ["Password", keyPlaceholder],
] as const;

/** The programs, in the order in which they are offered. */
const clients = {
  sentinel: ({ server, collection }) => ({
    name: "Microsoft Sentinel",
    where:
      "Content hub: install Threat Intelligence. Then Data connectors, Threat intelligence - TAXII, Open connector page.",
    fields: [
      ["Friendly name (for server)", `Tocsin ${collection.title}`],
      ["API root URL", server.apiRootUrl],
      ["Collection ID", collection.id],
      ...basic,
      ["Import indicators", "All available"],
      ["Polling frequency", "Once an hour"],
    ],
    note: "Sentinel polls from the internet over HTTPS only: this instance must be reachable from there.",
  }),
  splunk: ({ server, collection }) => ({
    name: "Splunk",
    where: "Enterprise Security: Configure, Data Enrichment, Threat Intelligence Management, New, TAXII.",
    fields: [
      ["Name", `tocsin_${collection.alias}`],
      ["URL", server.apiRootUrl],
      [
        "POST arguments",
        `collection="${collection.id}" taxii_username="${user}" taxii_password="${keyPlaceholder}" earliest="-30d"`,
      ],
      ["Interval", "3600"],
    ],
    note: "From Enterprise Security 8.4 on, the password belongs to Credential Management: leave taxii_password out.",
  }),
  opencti: ({ server, collection }) => ({
    name: "OpenCTI",
    where: "Data, Ingestion, TAXII feeds, Create.",
    fields: [
      ["TAXII server URL", server.apiRootUrl],
      ["TAXII version", "TAXII 2.1"],
      ["TAXII collection", collection.id],
      ["Authentication type", "Basic user / password"],
      ...basic,
      ["Import from date", "(leave empty)"],
    ],
    note: "Without a date, the first objects are the identity and the markings that all other objects refer to.",
  }),
  misp: ({ server }) => ({
    name: "MISP",
    where:
      "Sync Actions, Feeds, Add Feed. MISP can only send to TAXII servers, so it reads this instance as a MISP feed.",
    fields: [
      ["Name", "Tocsin"],
      ["URL", `${server.publicUrl}/api/v1/misp/`],
      ["Source Format", "MISP Feed"],
      ["Any headers to be passed with requests", `Authorization: Bearer ${keyPlaceholder}`],
    ],
    note: "The key needs the scope read:misp.",
  }),
  elastic: ({ objectsUrl }) => ({
    name: "Elastic",
    where: "Integrations: Custom Threat Intelligence, Add, Collect from a TAXII 2.1 server.",
    fields: [["URL", objectsUrl], ...basic, ["Interval", "1h"], ["Initial interval", "720h"]],
    note: "Point detection rules to logs-ti_custom_latest.indicator, which contains only indicators that are valid and not revoked.",
  }),
  python: ({ server, collection }) => ({
    name: "Python",
    where: "The OASIS client: pip install taxii2-client",
    fields: [],
    block: `from taxii2client.v21 import Collection, as_pages

collection = Collection(
  "${server.apiRootUrl}collections/${collection.id}/",
  user="${user}",
  password="${keyPlaceholder}",
)
for page in as_pages(collection.get_objects, per_request=1000):
  for obj in page.get("objects", []):
      print(obj["id"], obj.get("revoked", False))`,
  }),
  curl: ({ objectsUrl }) => ({
    name: "curl",
    where:
      "Get the next page with ?next= and the value of `next`. Poll again with ?added_after= and the value of X-TAXII-Date-Added-Last.",
    fields: [],
    block: `curl -i '${objectsUrl}?limit=100' \\
-H 'Accept: application/taxii+json;version=2.1' \\
-H "Authorization: Bearer $TOCSIN_KEY"`,
  }),
} as const satisfies Record<string, (place: Place) => Omit<Client, "id">>;

export function clientsOf(server: Server, collection: Collection): Client[] {
  const objectsUrl = `${server.apiRootUrl}collections/${collection.id}/objects/`;
  return rowsOf(clients).map(([id, clientAt]) => ({ id, ...clientAt({ server, collection, objectsUrl }) }));
}
