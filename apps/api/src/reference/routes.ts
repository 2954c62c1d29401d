import type { FastifyInstance } from "fastify";
import type { Deps } from "../deps";
import { buildOpenApi } from "./openapi";
import { missingPage, referencePage } from "./page";
import { pageScript } from "./page-script";

/** `/api/openapi.json`, and the same for people at `/docs`: one page that loads its own script and nothing else. */
export async function referenceRoutes(app: FastifyInstance, { deps }: { deps: Deps }): Promise<void> {
  const { settings, version } = deps;
  const document = buildOpenApi({ instanceName: settings.instanceName, publicUrl: settings.publicUrl, version });
  const json = JSON.stringify(document);
  // Made when somebody first reads it, in less than 50 ms: a start has no need of it.
  let page: string | null = null;
  const config = { access: { by: "open" } } as const;
  app.get("/api/openapi.json", { config }, async (_request, reply) =>
    reply
      .headers({
        "cache-control": "public, max-age=300",
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
      })
      .type("application/json; charset=utf-8")
      .send(json),
  );
  app.get("/docs", { config }, async (_request, reply) => {
    page ??= referencePage(document, settings);
    return reply
      .headers({
        "content-security-policy":
          "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
        "cache-control": "public, max-age=300",
      })
      .type("text/html; charset=utf-8")
      .send(page);
  });
  app.get("/docs/page.js", { config }, async (_request, reply) =>
    reply.header("cache-control", "public, max-age=300").type("text/javascript; charset=utf-8").send(pageScript),
  );
  app.get("/docs/*", { config }, async (_request, reply) =>
    reply
      .code(404)
      .headers({
        "content-security-policy":
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
        "cache-control": "no-store",
      })
      .type("text/html; charset=utf-8")
      .send(missingPage(settings)),
  );
}
