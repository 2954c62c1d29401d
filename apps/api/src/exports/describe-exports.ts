import { authorizeFormat, type Format, formats, type SessionCaller } from "@tocsin/core/access";
import { openExport, type Reader } from "@tocsin/core/iocs";
import { z } from "zod";
import { exportGroups } from "./catalog";
import { allExports, type Export, exportsById } from "./exports";
import { aboutOf, withTypes } from "./ioc-file";

const optionShape = z.object({
  name: z.string(),
  description: z.string(),
  kind: z.enum(["choice", "flag", "number"]),
  /** Of a choice. */
  values: z.array(z.string()),
  /** As the query string has it; null where there is none. */
  default: z.string().nullable(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
});

/** What the dashboard shows of an export. */
export const exportShape = z.object({
  id: z.enum(formats),
  label: z.string(),
  group: z.enum(exportGroups),
  path: z.string(),
  summary: z.string(),
  description: z.string(),
  tag: z.string(),
  extension: z.string(),
  scope: z.string(),
  allowed: z.boolean(),
  options: z.array(optionShape),
});

type JsonField = {
  type?: string;
  enum?: string[];
  default?: unknown;
  description?: string;
  minimum?: number;
  maximum?: number;
  example?: unknown;
};

export function describeExports(caller: Pick<SessionCaller, "tier">): z.infer<typeof exportShape>[] {
  return allExports.map((of) => ({
    id: of.id,
    label: of.label,
    group: of.group,
    path: of.path,
    summary: of.summary,
    description: of.description,
    tag: of.tag,
    extension: of.extension,
    scope: of.scope,
    allowed: authorizeFormat(caller, of.id).allowed,
    options: optionsOf(of),
  }));
}

function optionsOf({ options }: Export): z.infer<typeof optionShape>[] {
  const { properties = {} } = z.toJSONSchema(options, { io: "output", unrepresentable: "any" }) as {
    properties?: Record<string, JsonField>;
  };
  return Object.entries(properties).map(([name, field]) => ({
    name,
    description: field.description ?? "",
    kind: field.enum ? "choice" : field.type === "boolean" ? "flag" : "number",
    values: field.enum ?? [],
    default: field.default === undefined ? null : String(field.default),
    minimum: field.minimum ?? null,
    maximum: field.maximum ?? null,
  }));
}

/** Records of a preview. */
const shown = 20;

export const previewShape = z.object({ content_type: z.string(), records: z.int(), text: z.string() });

/** The document that a request would get, made of its first records. */
export async function previewExport(
  ctx: Reader,
  format: Format,
  query: Record<string, unknown>,
): Promise<z.infer<typeof previewShape> | null> {
  const of = exportsById.get(format);
  if (!of) return null;
  const { document, input } = of.read(query);
  const limit = input.limit === "all" ? shown : Math.min(shown, input.limit);
  const found = await openExport(ctx, withTypes({ ...input, limit }, document));
  let text = "";
  for await (const chunk of document.write(found.pages(), aboutOf(ctx, found))) text += chunk;
  return { content_type: document.contentType, records: found.count, text };
}
