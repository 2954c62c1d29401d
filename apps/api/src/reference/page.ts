import { basePathOf } from "../wire/base-path";
import { escapeHtml } from "../wire/escape-html";
import type { OpenApi, Operation } from "./openapi";
import { type JsonSchema, type Ref, resolve } from "./openapi-collector";
import { fieldTable, prose, schemaSections, typeOf } from "./page-schemas";

type Parameter = { name: string; in: string; required: boolean; description: string; schema: object; example: unknown };
type Example = { value: unknown };
type Content = Record<
  string,
  { example?: unknown; examples?: Record<string, Example | Ref>; schema?: JsonSchema | Ref }
>;
type Answer = { description: string; content?: Content };

/** The reference for people, as one HTML page out of the OpenAPI document. */
export function referencePage(document: OpenApi, about: { instanceName: string; publicUrl: string }): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const tags = [...new Set(operations.map(({ operation }) => operation.tags[0] ?? ""))];
  const inTag = (tag: string) => operations.filter(({ operation }) => operation.tags[0] === tag);
  const nav = tags
    .map(
      (tag) =>
        `<li>${escapeHtml(tag)}<ul>${inTag(tag)
          .map(({ operation }) => `<li><a href="#${operation.operationId}">${escapeHtml(operation.summary)}</a></li>`)
          .join("")}</ul></li>`,
    )
    .join("");
  const body = tags
    .map(
      (tag) =>
        `<h2>${escapeHtml(tag)}</h2>${inTag(tag)
          .map(({ method, path, operation }) => section(method, path, operation, { ...document, ...about }))
          .join("")}`,
    )
    .join("");
  const base = escapeHtml(basePathOf(about.publicUrl));
  const title = `${escapeHtml(about.instanceName)} API`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head><body><nav aria-label="Operations"><ul>${nav}<li><a href="#schemas">Schemas</a></li></ul></nav><main><h1>${title}</h1><p>Data endpoints take an API key: <code>Authorization: Bearer &lt;key&gt;</code> (recommended), <code>X-API-Key: &lt;key&gt;</code> or <code>?api_key=&lt;key&gt;</code>. Key management takes the dashboard's session. For machines: <a href="${base}/api/openapi.json">openapi.json</a>. Back to the <a href="${base}/">dashboard</a>.</p>${body}<h2 id="schemas">Schemas</h2>${schemaSections(document.components)}</main></body></html>`;
}

type Setting = Pick<OpenApi, "components"> & { publicUrl: string };

function section(method: string, path: string, operation: Operation, { components, publicUrl }: Setting): string {
  const parameters = ((operation.parameters ?? []) as (Parameter | Ref)[]).map((one) => resolve(one, components));
  const { requestBody } = operation as { requestBody?: { content: Content } };
  const answers = Object.entries(operation.responses as Record<string, Answer | Ref>).map(
    ([status, one]) => [status, resolve(one, components)] as const,
  );
  const rows = parameters
    .map(
      (parameter) =>
        `<tr><td><code>${escapeHtml(parameter.name)}</code></td><td>${parameter.in}${parameter.required ? ", required" : ""}</td><td>${prose(parameter.description)}</td><td><code>${escapeHtml(plain(parameter.example))}</code></td></tr>`,
    )
    .join("");
  const table = rows
    ? `<table><thead><tr><th>Parameter</th><th>Where</th><th>Meaning</th><th>Example</th></tr></thead><tbody>${rows}</tbody></table>`
    : "";
  const json = requestBody?.content["application/json"];
  const body = json ? `<h4>Body</h4>${fieldTable(json.schema ?? {}, components)}${block(json.example)}` : "";
  return `<section id="${operation.operationId}"><h3><b class="${method}">${method}</b> <code>${escapeHtml(path)}</code></h3><p><strong>${escapeHtml(operation.summary)}.</strong> ${prose(operation.description)}</p>${table}${body}<h4>Try it</h4><pre>${escapeHtml(curl(method, path, operation, parameters, publicUrl))}</pre><h4>Answers</h4>${answers.map(([status, one]) => answer(status, one, components)).join("")}</section>`;
}

function answer(status: string, { description, content }: Answer, components: object): string {
  const json = content?.["application/json"];
  const examples = json?.examples
    ? Object.values(json.examples)
        .map((example) => block(resolve(example, components).value))
        .join("")
    : block(json?.example);
  const types = Object.entries(content ?? {}).map(
    ([type, { schema = {} }]) => `<code>${escapeHtml(type)}</code>: ${typeOf(schema)}`,
  );
  const form = types.length > 0 ? `<p>${types.join("<br>")}</p>` : "";
  return `<details><summary><b>${status}</b> ${prose(description)}</summary>${form}${examples}</details>`;
}

function curl(method: string, path: string, operation: Operation, parameters: Parameter[], publicUrl: string): string {
  const security = (operation.security ?? []) as Record<string, unknown>[];
  const query = parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    plain(parameters.find((parameter) => parameter.name === name)?.example),
  );
  const url = `${publicUrl}${filled}${query.length > 0 ? `?${query.map(({ name, example }) => `${name}=${encodeURIComponent(plain(example))}`).join("&")}` : ""}`;
  const credential = security.some((scheme) => "BearerAuth" in scheme)
    ? `-H "Authorization: Bearer $API_KEY"`
    : `--cookie "sb-access-token=$SESSION"`;
  const { requestBody } = operation as { requestBody?: { content: Content } };
  const example = requestBody?.content["application/json"]?.example;
  const data =
    example === undefined ? "" : ` \\\n  -H "Content-Type: application/json" -d '${JSON.stringify(example)}'`;
  return `curl ${method === "GET" ? "" : `-X ${method} `}"${url}" \\\n  ${credential}${data}`;
}

function block(value: unknown): string {
  return value === undefined ? "" : `<pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}

const style = `:root{color-scheme:light dark;--line:light-dark(#d0d7de,#3d444d);--soft:light-dark(#f6f8fa,#151b23);--link:light-dark(#0550ae,#6cb6ff)}*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;display:grid;grid-template-columns:minmax(14rem,18rem) minmax(0,1fr)}nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.5rem 1rem;border-right:1px solid var(--line);font-size:.9rem}nav ul{list-style:none;padding-left:.5rem;margin:.25rem 0 .75rem}main{padding:1.5rem 2rem;max-width:64rem}a{color:var(--link)}section{border-top:1px solid var(--line);padding:.5rem 0 1.5rem}pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.75rem;overflow:auto;font-size:.85rem}code{font-family:ui-monospace,monospace;font-size:.9em}table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{border-bottom:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top}td:last-child{overflow-wrap:anywhere;min-width:8rem}h3,p{overflow-wrap:anywhere}h3 b{font-size:.8rem;border:1px solid var(--line);border-radius:4px;padding:.1rem .4rem}summary{cursor:pointer;padding:.2rem 0}@media(max-width:50rem){body{display:block}nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line)}main{padding:1rem}thead{display:none}tr,td{display:block;overflow-wrap:anywhere}tr{border-bottom:1px solid var(--line);padding:.4rem 0}td{border:0;padding:.05rem 0}}`;
