import type { OpenApi, Operation } from "./openapi";
import { type JsonSchema, type Ref, resolve } from "./openapi-collector";

export type Parameter = {
  name: string;
  in: string;
  required: boolean;
  description: string;
  schema: object;
  example: unknown;
};
export type Content = Record<
  string,
  { example?: unknown; examples?: Record<string, { value: unknown } | Ref>; schema?: JsonSchema | Ref }
>;

/** One request of the reference: whole, so that it runs as it is written once the credential is set. */
export type Call = { method: string; url: string; credential: "key" | "session"; body: string | null };

export function callOf(
  method: string,
  path: string,
  operation: Operation,
  { components, publicUrl }: Pick<OpenApi, "components"> & { publicUrl: string },
): Call {
  const parameters = ((operation.parameters ?? []) as (Parameter | Ref)[]).map((one) => resolve(one, components));
  const query = parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    plain(parameters.find((parameter) => parameter.name === name)?.example),
  );
  const asked = query.map(({ name, example }) => `${name}=${encodeURIComponent(plain(example))}`).join("&");
  const security = (operation.security ?? []) as Record<string, unknown>[];
  const { requestBody } = operation as { requestBody?: { content: Content } };
  const example = requestBody?.content["application/json"]?.example;
  return {
    method,
    url: `${publicUrl}${filled}${asked === "" ? "" : `?${asked}`}`,
    credential: security.some((scheme) => "BearerAuth" in scheme) ? "key" : "session",
    body: example === undefined ? null : JSON.stringify(example),
  };
}

/** A request in each language that the reference speaks; the first is shown at once. */
export const languages = {
  curl: ({ method, url, credential, body }) => {
    const by = credential === "key" ? `-H "Authorization: Bearer $API_KEY"` : `--cookie "sb-access-token=$SESSION"`;
    const data =
      body === null ? "" : ` \\\n  -H "Content-Type: application/json" -d '${body.replaceAll("'", `'\\''`)}'`;
    return `curl ${method === "GET" ? "" : `-X ${method} `}"${url}" \\\n  ${by}${data}`;
  },
  Python: ({ method, url, credential, body }) => {
    const by =
      credential === "key"
        ? `"Authorization": "Bearer " + os.environ["API_KEY"]`
        : `"Cookie": "sb-access-token=" + os.environ["SESSION"]`;
    const headers = `{${by}${body === null ? "" : `, "Content-Type": "application/json"`}}`;
    const data = body === null ? "" : `, data=${JSON.stringify(body)}.encode()`;
    return `import os, urllib.request\n\nrequest = urllib.request.Request(\n    ${JSON.stringify(url)},\n    method="${method}",\n    headers=${headers}${data},\n)\nwith urllib.request.urlopen(request) as answer:\n    print(answer.read().decode())`;
  },
  TypeScript: ({ method, url, credential, body }) => {
    const by =
      credential === "key"
        ? `authorization: "Bearer " + process.env.API_KEY`
        : `cookie: "sb-access-token=" + process.env.SESSION`;
    const type = body === null ? "" : `, "content-type": "application/json"`;
    const data = body === null ? "" : `\n  body: ${JSON.stringify(body)},`;
    return `const answer = await fetch(${JSON.stringify(url)}, {\n  method: "${method}",\n  headers: { ${by}${type} },${data}\n});\nconsole.log(answer.status, await answer.text());`;
  },
  PowerShell: ({ method, url, credential, body }) => {
    const by =
      credential === "key" ? `Authorization = "Bearer $env:API_KEY"` : `Cookie = "sb-access-token=$env:SESSION"`;
    const data = body === null ? "" : ` \`\n  -ContentType "application/json" -Body '${body.replaceAll("'", "''")}'`;
    return `Invoke-RestMethod -Method ${method} -Uri '${url.replaceAll("'", "''")}' \`\n  -Headers @{ ${by} }${data}`;
  },
} as const satisfies Record<string, (call: Call) => string>;

export function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}
