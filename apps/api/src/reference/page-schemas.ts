import { escapeHtml } from "../wire/escape-html";
import { type JsonSchema, nameOf, type Ref, resolve } from "./openapi-collector";

/** The named schemas for people, each once: the rest of the page leads here. */
export function schemaSections(components: object): string {
  const { schemas = {} } = components as { schemas?: Record<string, JsonSchema> };
  return Object.entries(schemas)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([name, schema]) =>
        `<section id="schema-${name}"><h3>${escapeHtml(name)}</h3><p>${prose(schema.description)}</p>${fieldTable(schema, components) || `<p>${typeOf(schema)}</p>`}</section>`,
    )
    .join("");
}

/** The fields of an object, those of objects within it too, as a table; nothing where there are none. */
export function fieldTable(schema: JsonSchema | Ref, components: object): string {
  const rows = rowsOf(resolve(schema, components), "", components);
  return rows === ""
    ? ""
    : `<table><thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function rowsOf(schema: JsonSchema, prefix: string, components: object): string {
  const required = (schema.required ?? []) as string[];
  return Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)
    .map(([name, field]) => {
      const needed = required.includes(name) ? "" : ", optional";
      const row = `<tr><td><code>${escapeHtml(prefix + name)}</code></td><td>${typeOf(field)}${needed}</td><td>${prose(resolve(field, components).description)}</td></tr>`;
      return (
        row +
        within(field)
          .map((inner) => rowsOf(inner, `${prefix}${name}.`, components))
          .join("")
      );
    })
    .join("");
}

/** Objects without a name of their own: the field itself, items of its list, or what it may be beside null. */
function within(field: JsonSchema): JsonSchema[] {
  const items = (field.items ?? {}) as JsonSchema;
  return [field, items, ...((field.anyOf ?? []) as JsonSchema[])].filter(({ properties }) => properties !== undefined);
}

/** The type of a field in words, with links to named schemas. */
export function typeOf(schema: JsonSchema): string {
  if (typeof schema.$ref === "string") {
    const name = escapeHtml(nameOf(schema.$ref));
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return literal(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map(literal).join(" or ");
  const options = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (options) return options.map(typeOf).join(" or ");
  if (schema.type === "array") return `list of ${typeOf((schema.items ?? {}) as JsonSchema)}`;
  const types = [schema.type ?? "anything"].flat().join(" or ");
  return escapeHtml(typeof schema.format === "string" ? `${types} (${schema.format})` : types);
}

function literal(value: unknown): string {
  return `<code>${escapeHtml(JSON.stringify(value))}</code>`;
}

/** Descriptions use backticks for code and nothing else of Markdown. */
export function prose(text: unknown): string {
  return escapeHtml(String(text ?? "")).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}
