import dns from "node:dns";
import { appendEvent } from "../audit";
import { AppError, invalidParameter } from "../errors";
import { ownerOf, type Person } from "./owner";
import { providerColumns, recordName, recordValue, toAnswer } from "./provider-row";
import type { ProviderAnswer } from "./shape";

/** As `dns.resolveTxt`: records, each in pieces. */
export type ResolveTxt = (name: string) => Promise<string[][]>;

const resolver = new dns.promises.Resolver({ timeout: 3_000, tries: 2 });
const resolveTxt: ResolveTxt = (name) => resolver.resolveTxt(name);

/**
 * Looks for the TXT record that proves a domain of the workspace's provider, as its owner. Throws `not_found` for a
 * domain that the provider does not have, `invalid_parameter` where the record is absent or another workspace holds it.
 */
export async function verifyDomain(
  ctx: Person,
  domain: string,
  resolve: ResolveTxt = resolveTxt,
): Promise<ProviderAnswer> {
  const workspaceId = ownerOf(ctx, "workspace");
  const row = await ctx.db.ssoDomain.findFirst({
    where: { domain, provider: { workspaceId } },
    select: { id: true, token: true, providerId: true },
  });
  if (!row) throw new AppError("not_found");
  await requireRecord(domain, recordValue(row.token), resolve);
  return ctx.db
    .$transaction(async (tx) => {
      await tx.ssoDomain.update({ where: { id: row.id }, data: { verifiedAt: ctx.now() }, select: { id: true } });
      const provider = await tx.ssoProvider.findUniqueOrThrow({
        where: { id: row.providerId },
        select: providerColumns,
      });
      const target = { type: "provider", id: provider.id, name: provider.name };
      await appendEvent(ctx, { action: "sso.verify_domain", target, details: { domain } }, tx);
      return toAnswer(ctx, provider);
    })
    .catch((error: unknown) => {
      if (!isTaken(error)) throw error;
      throw invalidParameter({ field: "domain", problem: "is another workspace's, which has proved it" });
    });
}

async function requireRecord(domain: string, value: string, resolve: ResolveTxt): Promise<void> {
  const name = recordName(domain);
  const records = await resolve(name).catch(() => []);
  if (records.some((pieces) => pieces.join("").trim() === value)) return;
  throw invalidParameter({
    field: "domain",
    problem: `the DNS has no TXT record ${name} with ${value} yet; a new one may take an hour to be seen`,
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002";
}
