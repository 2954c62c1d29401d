import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import spectral, { type RulesetDefinition } from "@stoplight/spectral-core";
import { oas } from "@stoplight/spectral-rulesets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const file = path.join(root, "openapi.json");
const document: { paths: Record<string, object> } = JSON.parse(fs.readFileSync(file, "utf8"));
/** Nothing here needs the network: no count of uses, no look for a newer version. */
const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" };
const tool = (name: string) => path.join(root, "node_modules/.bin", name);
/** On two cores that others use too. */
const timeout = 240_000;

describe("linters of others find no error in openapi.json", () => {
  it("Redocly's recommended rules", { timeout }, async () => {
    const { stdout } = await run(tool("redocly"), ["lint", "openapi.json", "--format=json"], { cwd: root, env });
    const { totals, problems } = JSON.parse(stdout) as { totals: { errors: number }; problems: { ruleId: string }[] };
    expect(totals.errors).toBe(0);
    // What TAXII has and this server never does has no answer of success. A fixed part stands where others have an id, which
    // no id can be: `watchlists/matches`.
    expect(new Set(problems.map(({ ruleId }) => ruleId))).toEqual(
      new Set(["operation-2xx-response", "no-ambiguous-paths"]),
    );
  });

  it("Spectral's rules for OpenAPI", { timeout }, async () => {
    const linter = new spectral.Spectral();
    // As in redocly.yaml: TAXII's addresses end with a slash.
    linter.setRuleset({
      extends: [[oas as RulesetDefinition, "recommended"]],
      rules: { "path-keys-no-trailing-slash": "off" },
    });
    const problems = await linter.run(document);
    expect(problems.filter(({ severity }) => severity === 0)).toEqual([]);
    // Whom to ask is the instance's own matter; TAXII's refusals as above.
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["info-contact", "operation-success-response"]));
  });

  it("paths outside of TAXII have no slash at their end, those of TAXII all have one", () => {
    const [taxii, others] = [true, false].map((is) =>
      Object.keys(document.paths).filter((one) => /^\/(?:api\/)?taxii2\//.test(one) === is),
    );
    expect(taxii?.filter((one) => !one.endsWith("/"))).toEqual([]);
    expect(others?.filter((one) => one.endsWith("/"))).toEqual([]);
  });
});

describe("a client that openapi-typescript generates", () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-client-"));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it("compiles, and knows what the API takes and answers", { timeout }, async () => {
    await run(tool("openapi-typescript"), [file, "--output", "api.ts"], { cwd: folder, env });
    fs.writeFileSync(path.join(folder, "usage.ts"), usage);
    const options = ["--strict", "--noEmit", "--target", "es2022", "--module", "nodenext", "--types", ""];
    const compiled = run(tool("tsc"), [...options, "api.ts", "usage.ts"], { cwd: folder, env });
    await expect(
      compiled.then(
        () => "compiled",
        ({ stdout }) => stdout,
      ),
    ).resolves.toBe("compiled");
  });
});

/** What somebody's client might hold. A line below `@ts-expect-error` must not compile. */
const usage = `
import type { components, operations, paths } from "./api.js";

type Key = components["schemas"]["Key"];
type Json<Operation extends keyof operations, Status extends keyof operations[Operation]["responses"]> =
  operations[Operation]["responses"][Status] extends { content: { "application/json": infer Body } } ? Body : never;

export function endsOn(key: Key): Date | null {
  return key.status === "expiring" && key.expires_at !== null ? new Date(key.expires_at) : null;
}

// @ts-expect-error null, where a key never expires, is no date
export const end = (key: Key) => new Date(key.expires_at).getTime() + key.expires_at.length;

export const revocation: operations["revokeAPIKey"]["requestBody"] = {
  content: { "application/json": { reason: "Quarterly rotation" } },
};
export const revoked: Json<"revokeAPIKey", 200> = { success: true, message: "" };

export const query: operations["listIOCs"]["parameters"]["query"] = { type: "ipv4,ipv6", min_risk: 70, limit: "all" };
// @ts-expect-error there is no such format
export const unknownFormat: operations["listIOCs"]["parameters"]["query"] = { format: "pdf" };

export function riskiest({ data, meta }: Json<"listIOCs", 200>): string | undefined {
  const [first] = [...data].sort((a, b) => b.risk_score - a.risk_score);
  return meta.total_exact ? first?.source.feed_name : first?.withdrawn_at;
}

type Stix = paths["/api/v1/iocs/stix"]["get"]["responses"][200]["content"]["application/stix+json;version=2.1"];
export function idsOf(answer: Stix): string[] {
  return (Array.isArray(answer) ? answer : (answer.objects ?? [])).map(({ id }) => id);
}

export function codeOf({ error }: components["schemas"]["Error"]): "not_found" | null {
  return error.code === "not_found" ? error.code : null;
}
`;
