import { type Access, formatRules } from "@tocsin/core/access";
import { encodeCursor, examplePosition } from "@tocsin/core/iocs";
import { longestId } from "@tocsin/core/values";
import { mispEventShape, mispManifestShape, stixDocumentShape } from "@tocsin/formats";
import { z } from "zod";
import { allExports, type Export } from "../exports/exports";
import { withTypes } from "../exports/ioc-file";
import type { RestRoute } from "../router/procedure";

/** A media type that an answer comes in, with how it begins; of JSON the schema too. */
export type Body = { type: string; example: string; shape?: z.ZodType };

/** A key's GET that answers a file and is no procedure: described and guarded like one. */
export type DocumentOperation = {
  name: string;
  type: "query";
  access: Access & { by: "key" };
  rest: RestRoute;
  input: z.ZodObject;
  output: null;
  /** The bodies that it answers with. */
  bodies: readonly Body[];
  /** Whether a cursor for the rest may follow. */
  pages: boolean;
};

const costText =
  "Costs one request for every 1,000 records that it gives, rounded up, and at most half of what the key may have in a minute.";

const mispFile = (
  path: `/api/v1/${string}`,
  operationId: string,
  summary: string,
  body: Body,
  input = z.object({}),
): DocumentOperation => ({
  name: operationId,
  type: "query",
  access: { by: "key", scope: formatRules.misp.scope, format: "misp", cost: 1, weighed: true },
  rest: {
    method: "GET",
    path,
    operationId,
    tag: "Export Formats",
    summary,
    description:
      "The instance as a MISP feed: give MISP the address `/api/v1/misp/` and a header field with the key. An event holds what one source reported for the first time on one day, at most 10,000 attributes a part. The list of events is up to a minute old. " +
      costText,
    errors: ["invalid_parameter", "not_found"],
  },
  input,
  output: null,
  bodies: [body],
  pages: false,
});

export const mispOperations: readonly DocumentOperation[] = [
  mispFile("/api/v1/misp/manifest.json", "getMISPManifest", "MISP feed: the events", {
    type: "application/json",
    shape: mispManifestShape,
    example:
      '{\n"757158c6-b3c0-56d5-a923-d4447a6f3696":{"info":"Tocsin: Example feed, 2026-11-01","analysis":"2","threat_level_id":"4","timestamp":"1795262400","date":"2026-11-01","Tag":[]}\n}\n',
  }),
  mispFile("/api/v1/misp/hashes.csv", "getMISPHashes", "MISP feed: which event holds a value", {
    type: "text/csv",
    example: "0cc175b9c0f1b6a831c399e269772661,757158c6-b3c0-56d5-a923-d4447a6f3696\n",
  }),
  mispFile(
    "/api/v1/misp/:file",
    "getMISPEvent",
    "MISP feed: an event",
    {
      type: "application/json",
      shape: mispEventShape,
      example:
        '{"Event":{"uuid":"757158c6-b3c0-56d5-a923-d4447a6f3696","info":"Tocsin: Example feed, 2026-11-01","date":"2026-11-01","threat_level_id":"4","analysis":"2","distribution":"0","published":true,"Attribute":[\n],"timestamp":"1795262400","publish_timestamp":"1795262400","Tag":[{"name":"tlp:clear","colour":"#FFFFFF"}]}}\n',
    },
    z.object({
      file: z.string().max(longestId).meta({
        description: "The UUID of the event, and `.json`.",
        example: "757158c6-b3c0-56d5-a923-d4447a6f3696.json",
      }),
    }),
  ),
];

export const exportOperations: readonly (DocumentOperation & { of: Export })[] = allExports
  .filter(({ ofList }) => !ofList)
  .map((of) => ({
    name: of.operationId,
    type: "query",
    access: { by: "key", scope: of.scope, format: of.id, cost: 1, weighed: true },
    rest: {
      method: "GET",
      path: of.path,
      operationId: of.operationId,
      tag: of.tag,
      summary: of.summary,
      description: `${of.description} Streams the newest records first, up to \`limit\`; \`X-Next-Cursor\` leads to the rest. A poller that sends the \`ETag\` back in \`If-None-Match\` gets 304 while nothing has changed. ${costText}`,
      errors: ["invalid_parameter"],
    },
    input: inputOf(of),
    output: null,
    bodies: typesOf(of).map((type) => ({ type, example: of.sample, ...shapeOf(of) })),
    pages: true,
    of,
  }));

export const documentOperations: readonly DocumentOperation[] = [...exportOperations, ...mispOperations];

function typesOf({ contentType, aliases }: Export): string[] {
  return [contentType.replace(/; charset=utf-8$/, ""), ...aliases];
}

/** A cursor belongs to the list that it was given out for: a format of some types alone has an example of its own. */
function inputOf(of: Export): z.ZodObject {
  const { document, input } = of.read({});
  const asked = withTypes(input, document);
  const { cursor } = of.input.shape;
  if (asked.type === undefined || !(cursor instanceof z.ZodType)) return of.input;
  return of.input.extend({
    cursor: cursor.meta({ parameter: undefined, example: encodeCursor(examplePosition, asked) }),
  });
}

function shapeOf({ id }: Export): Pick<Body, "shape"> {
  if (id === "stix") return { shape: stixDocumentShape };
  return id === "misp" ? { shape: mispEventShape } : {};
}
