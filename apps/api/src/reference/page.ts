import { basePathOf } from "../wire/base-path";
import { escapeHtml } from "../wire/escape-html";
import type { OpenApi, Operation } from "./openapi";
import { type Ref, resolve } from "./openapi-collector";
import { type Call, type Content, callOf, languages, type Parameter, plain } from "./page-code";
import { fieldTable, prose, schemaSections, typeOf } from "./page-schemas";

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
  return `<!doctype html><html lang="en" data-base="${base}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style><script src="${base}/docs/page.js" defer></script></head><body><nav aria-label="Operations"><details id="operations" open><summary>Operations</summary><ul>${nav}<li><a href="#schemas">Schemas</a></li></ul></details></nav><main><h1>${title}</h1><div id="tools" hidden><label>Search <input id="search" type="search" placeholder="Name, path or words; press /"></label><label>API key for trying <input id="key" type="password" autocomplete="off" placeholder="Kept in this page alone"></label></div><p id="none" role="status" hidden>No operation has all of these words.</p><p>Data endpoints take an API key: <code>Authorization: Bearer &lt;key&gt;</code> (recommended), <code>X-API-Key: &lt;key&gt;</code> or <code>?api_key=&lt;key&gt;</code>. Key management takes the dashboard's session. For machines: <a href="${base}/api/openapi.json">openapi.json</a>. Back to the <a href="${base}/">dashboard</a>.</p>${body}<h2 id="schemas">Schemas</h2>${schemaSections(document.components)}</main></body></html>`;
}

type Setting = Pick<OpenApi, "components"> & { publicUrl: string };

function section(method: string, path: string, operation: Operation, setting: Setting): string {
  const { components } = setting;
  const parameters = ((operation.parameters ?? []) as (Parameter | Ref)[]).map((one) => resolve(one, components));
  const { requestBody } = operation as { requestBody?: { content: Content } };
  const answers = Object.entries(operation.responses as Record<string, Answer | Ref>).map(
    ([status, one]) => [status, resolve(one, components)] as const,
  );
  const rows = parameters.map(parameterRow).join("");
  const table = rows
    ? `<table><thead><tr><th>Parameter</th><th>Where</th><th>Meaning</th><th>Example</th></tr></thead><tbody>${rows}</tbody></table>`
    : "";
  const json = requestBody?.content["application/json"];
  const body = json ? `<h4>Body</h4>${fieldTable(json.schema ?? {}, components)}${block(json.example)}` : "";
  const call = callOf(method, path, operation, setting);
  const words = `${operation.operationId} ${method} ${path} ${operation.summary} ${operation.description}`;
  const facts = [
    `data-words="${escapeHtml(words)}"`,
    ...(call.credential === "key" ? [`data-try data-method="${method}" data-path="${escapeHtml(path)}"`] : []),
    ...(call.credential === "key" && call.body !== null ? [`data-body="${escapeHtml(call.body)}"`] : []),
  ].join(" ");
  return `<section id="${operation.operationId}" ${facts}><h3><b class="${method}">${method}</b> <code>${escapeHtml(path)}</code></h3><p><strong>${escapeHtml(operation.summary)}.</strong> ${prose(operation.description)}</p>${table}${body}<h4 data-code>Try it</h4>${code(call)}<h4>Answers</h4>${answers.map(([status, one]) => answer(status, one, components)).join("")}</section>`;
}

function parameterRow({ name, in: where, required, description, example }: Parameter): string {
  const facts = `data-name="${escapeHtml(name)}" data-where="${where}" data-example="${escapeHtml(plain(example))}"${required ? " data-required" : ""}`;
  return `<tr ${facts}><td><code>${escapeHtml(name)}</code></td><td>${where}${required ? ", required" : ""}</td><td>${prose(description)}</td><td><code>${escapeHtml(plain(example))}</code></td></tr>`;
}

/** The request in the first language, and folded in the others. */
function code(call: Call): string {
  const [[, first], ...others] = Object.entries(languages) as [Language, ...Language[]];
  const folded = others.map(
    ([name, write]) => `<details><summary>${name}</summary><pre>${escapeHtml(write(call))}</pre></details>`,
  );
  return `<pre>${escapeHtml(first(call))}</pre>${folded.join("")}`;
}

type Language = [name: string, write: (call: Call) => string];

/** What an address under the reference that leads nowhere shows. */
export function missingPage({ instanceName, publicUrl }: { instanceName: string; publicUrl: string }): string {
  const base = escapeHtml(basePathOf(publicUrl));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Page not found, ${escapeHtml(instanceName)} API</title><style>${style}</style></head><body class="alone"><main><h1>Page not found</h1><p>The reference of the API is one page: <a href="${base}/docs">to the reference</a>, or back to the <a href="${base}/">dashboard</a>.</p></main></body></html>`;
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

function block(value: unknown): string {
  return value === undefined ? "" : `<pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;
}

const style = `:root{color-scheme:light dark;--line:light-dark(#d0d7de,#3d444d);--soft:light-dark(#f6f8fa,#151b23);--link:light-dark(#0550ae,#6cb6ff)}*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;display:grid;grid-template-columns:minmax(14rem,18rem) minmax(0,1fr)}nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.5rem 1rem;border-right:1px solid var(--line);font-size:.9rem}nav ul{list-style:none;padding-left:.5rem;margin:.25rem 0 .75rem}main{padding:1.5rem 2rem;max-width:64rem}a{color:var(--link)}section{border-top:1px solid var(--line);padding:.5rem 0 1.5rem}pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.75rem;overflow:auto;font-size:.85rem}code{font-family:ui-monospace,monospace;font-size:.9em}table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{border-bottom:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top}td:last-child{overflow-wrap:anywhere;min-width:8rem}h3,p{overflow-wrap:anywhere}h3 b{font-size:.8rem;border:1px solid var(--line);border-radius:4px;padding:.1rem .4rem}summary{cursor:pointer;padding:.2rem 0}[hidden]{display:none!important}nav summary{font-weight:600}#tools{display:flex;flex-wrap:wrap;gap:.5rem 1rem;position:sticky;top:0;padding:.5rem 0;background:Canvas}label{font-size:.85rem}input,textarea,button{font:inherit;padding:.3rem .5rem;border:1px solid var(--line);border-radius:6px;background:Canvas;color:CanvasText;max-width:100%}button{cursor:pointer;background:var(--soft)}#search{width:20rem}.try{display:grid;gap:.4rem;margin:.5rem 0}.try textarea{font-family:ui-monospace,monospace}.try button{justify-self:start}.alone{display:block}@media(max-width:50rem){#tools label{width:100%}#tools input{width:100%}pre{white-space:pre-wrap;overflow-wrap:anywhere}td code,p code,li{overflow-wrap:anywhere}body{display:block}nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line)}main{padding:1rem}thead{display:none}tr,td{display:block;overflow-wrap:anywhere}tr{border-bottom:1px solid var(--line);padding:.4rem 0}td{border:0;padding:.05rem 0}}`;
