import type { Prisma } from "@tocsin/db";
import { appendEvent } from "../audit";
import { AppError, invalidParameter, isUuid } from "../errors";
import { confidences } from "../values";
import { getIndicator } from "./list-indicators";
import { findTimeProblem } from "./read-draft";
import type { ChangeIndicatorInput, IndicatorAnswer, IndicatorPath } from "./shape";
import { countChanges, lockStore, noCounts, requireFreeName, type Writer } from "./write-drafts";

/** Changes what the body names and leaves the rest. Throws `not_found`, `invalid_parameter`. */
export async function changeIndicator(ctx: Writer, input: ChangeIndicatorInput): Promise<IndicatorAnswer> {
  await change(ctx, input.indicatorId, "indicator.change", async (tx, before) => {
    await requireFreeName(tx, ctx.caller.workspaceId, { id: before.iocId, externalId: input.external_id ?? null });
    const data = columnsOf(input);
    const problem = findTimeProblem(
      {
        first_seen: input.first_seen ?? before.firstSeen.toISOString(),
        last_seen: input.last_seen ?? before.lastSeen.toISOString(),
        valid_until: input.valid_until,
      },
      ctx.now(),
    );
    if (problem) throw invalidParameter(problem);
    return data;
  });
  return getIndicator(ctx, input);
}

/** Ends what the workspace says of a value; the row stays, so that it can be said when and by whom. Twice is once. */
export async function withdrawIndicator(ctx: Writer, { indicatorId }: IndicatorPath): Promise<IndicatorAnswer> {
  await change(ctx, indicatorId, "indicator.withdraw", async (_tx, before) =>
    before.withdrawnAt ? {} : { withdrawnAt: ctx.now() },
  );
  return getIndicator(ctx, { indicatorId });
}

type Stored = {
  iocId: string;
  value: string;
  firstSeen: Date;
  lastSeen: Date;
  updatedAt: Date;
  withdrawnAt: Date | null;
};
type Columns = Prisma.OwnIndicatorUpdateInput;

async function change(
  ctx: Writer,
  iocId: string,
  action: "indicator.change" | "indicator.withdraw",
  decide: (tx: Prisma.TransactionClient, before: Stored) => Promise<Columns>,
): Promise<void> {
  const { workspaceId } = ctx.caller;
  await ctx.db.$transaction(async (tx) => {
    await lockStore(tx, workspaceId);
    const select = { iocId: true, value: true, firstSeen: true, lastSeen: true, updatedAt: true, withdrawnAt: true };
    const before = isUuid(iocId) ? await tx.ownIndicator.findFirst({ where: { workspaceId, iocId }, select }) : null;
    if (!before) throw new AppError("not_found", { message: "The workspace has no such indicator." });
    const data = await decide(tx, before);
    if (Object.keys(data).length === 0) return;
    const updatedAt = new Date(Math.max(ctx.now().getTime(), before.updatedAt.getTime() + 1));
    await tx.ownIndicator.update({
      where: { workspaceId_iocId: { workspaceId, iocId } },
      data: { ...data, updatedAt },
      select: { iocId: true },
    });
    await countChanges(tx, workspaceId, { ...noCounts(), updated: 1 });
    const target = { type: "indicator", id: before.iocId, name: before.value.slice(0, 200) };
    await appendEvent(ctx, { action, target, details: { fields: Object.keys(data) } }, tx);
  });
}

/** Of what the body names: null takes away what may be absent, and leaves what may not. */
function columnsOf(input: ChangeIndicatorInput): Columns {
  const { confidence, tags, valid_until: validUntil } = input;
  return {
    ...given("externalId", input.external_id),
    ...given("confidence", confidence && confidences.indexOf(confidence) + 1),
    ...given("tlp", input.tlp),
    ...given("tags", tags && [...new Set(tags)]),
    ...given("threatType", input.threat_type?.toLowerCase() ?? input.threat_type),
    ...given("malwareFamily", input.malware_family),
    ...given("comment", input.comment),
    ...given("referenceUrl", input.reference),
    ...given("firstSeen", input.first_seen ? new Date(input.first_seen) : undefined),
    ...given("lastSeen", input.last_seen ? new Date(input.last_seen) : undefined),
    ...given("validUntil", validUntil && new Date(validUntil)),
  };
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
}
