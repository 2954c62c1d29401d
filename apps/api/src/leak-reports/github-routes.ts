// GitHub, "Secret scanning partner program": the report, its two header fields and the feedback that is answered.
import { createHash } from "node:crypto";
import { AppError, invalidInput } from "@tocsin/core/errors";
import { findDelivery, keepDelivery } from "@tocsin/core/leaks";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Deps } from "../deps";
import { requireAttemptsLeft } from "../gate/gate";
import { checkText } from "../wire/check-text";
import { clientAddress, originOf } from "../wire/client";
import { parseJson } from "../wire/input";
import { createGithubKeys } from "./github-keys";
import type { LeakReports } from "./leak-reports";

const by = "GitHub secret scanning";
const mostBytes = 8 * 1024 * 1024;

const reportShape = z
  .array(
    z.object({
      token: z.string().max(10_000),
      type: z.string().max(200),
      url: z.string().max(2_000).nullish(),
      source: z.string().max(100).nullish(),
    }),
  )
  .min(1)
  .max(10_000);
type Report = z.output<typeof reportShape>;

type Options = { deps: Pick<Deps, "context" | "failures" | "settings">; leaks: LeakReports; keysUrl: string };

/** `POST /api/v1/integrations/github/secret-scanning`. */
export async function githubRoutes(app: FastifyInstance, { deps, leaks, keysUrl }: Options): Promise<void> {
  const { context } = deps;
  const keys = createGithubKeys({ url: keysUrl, proxies: deps.settings.proxies, log: context.log, now: context.now });
  // The signature is of the bytes as they came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  app.post(
    "/api/v1/integrations/github/secret-scanning",
    { config: { access: { by: "open" } }, bodyLimit: mostBytes },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      requireAttemptsLeft(deps, clientAddress(request), context.now());
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const signed = await keys.isSigned(
        body,
        headerOf(request, "github-public-key-identifier"),
        headerOf(request, "github-public-key-signature"),
      );
      if (!signed) {
        deps.failures.record(clientAddress(request), context.now());
        throw new AppError("invalid_signature");
      }
      const report = readReport(body);
      return feedback(report, await act(request, body, report));
    },
  );

  async function act(request: FastifyRequest, body: Buffer, report: Report): Promise<boolean[]> {
    const before = await findDelivery(context, body);
    if (before) return before;
    const known = await leaks.receiveSigned(
      { ...context, origin: originOf(request) },
      report.map(({ token, url, source }) => ({
        secret: token,
        report: { by, source: url?.slice(0, 500) || null, sourceKind: source || null },
      })),
    );
    await keepDelivery(context, body, known);
    return known;
  }
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

function readReport(body: Buffer): Report {
  const input = parseJson(body.toString("utf8"));
  checkText(input);
  const parsed = reportShape.safeParse(input);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

/** Which secrets were real, by their SHA-256: none of them is sent back. */
function feedback(report: Report, known: readonly boolean[]) {
  return report.map(({ token, type }, i) => ({
    token_hash: createHash("sha256").update(token).digest("hex"),
    token_type: type,
    label: known[i] ? "true_positive" : "false_positive",
  }));
}
