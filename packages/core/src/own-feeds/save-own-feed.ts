import { randomBytes } from "node:crypto";
import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, invalidParameter } from "../errors";
import { seal } from "../outbound";
import { normalForm } from "../values";
import { type FeedReach, requireFeedUrl } from "./feed-url";
import { auditDetails, ownFeedColumns, toOwnFeed } from "./own-feed-row";
import type { AddOwnFeedInput, ChangeOwnFeedInput, Credentials, OwnFeedAnswer } from "./shape";

type Operator = Call<Authorized<SessionCaller | SystemCaller>>;

/** How many feeds an instance may have of its own. */
export const mostOwnFeeds = 200;

/** Adds a feed, due at once. Its id comes of its name and stays, whatever it is called later. */
export async function addOwnFeed(ctx: Operator, input: AddOwnFeedInput, reach: FeedReach): Promise<OwnFeedAnswer> {
  requireOperator(ctx.caller);
  requireFeedUrl(input.url, input.auth, reach);
  if (input.auth.kind !== "none" && input.auth.secret === "") {
    throw invalidParameter({ field: "auth.secret", problem: "is required" });
  }
  return ctx.db.$transaction(async (tx) => {
    // Of two of one name at once, the second sees the first's id; and no more are added than there may be.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('tocsin own feeds'))`;
    if ((await tx.ownFeed.count()) >= mostOwnFeeds) {
      throw invalidParameter({ field: "name", problem: `there are ${mostOwnFeeds} feeds already, which is the most` });
    }
    const id = await freeId(input.name, async (each) => (await tx.feed.count({ where: { id: each } })) === 0);
    await tx.feed.create({
      data: { id, name: input.name, category: input.category, redistribution: input.licence.redistribution },
    });
    const row = await tx.ownFeed.create({
      data: {
        ...columnsOf(input),
        id,
        secret: sealed(ctx, id, input.auth, null),
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
        createdBy: ctx.caller.name,
      },
      select: ownFeedColumns,
    });
    await appendEvent(
      ctx,
      { action: "feed.add", target: { type: "feed", id, name: row.name }, details: auditDetails(row) },
      tx,
    );
    return { data: toOwnFeed(row) };
  });
}

/** Changes all of a feed but its id; an empty secret keeps the stored one, as long as it goes to the same host. */
export async function changeOwnFeed(
  ctx: Operator,
  input: ChangeOwnFeedInput,
  reach: FeedReach,
): Promise<OwnFeedAnswer> {
  requireOperator(ctx.caller);
  requireFeedUrl(input.url, input.auth, reach);
  const { id } = input;
  return ctx.db.$transaction(async (tx) => {
    // Nobody removes it meanwhile.
    await tx.$queryRaw`SELECT id FROM own_feed WHERE id = ${id} FOR UPDATE`;
    const before = await tx.ownFeed.findUnique({ where: { id }, select: ownFeedColumns });
    if (!before) throw new AppError("not_found");
    const { auth } = input;
    if (auth.kind !== "none" && auth.secret === "") requireStored(before, input);
    const moved = before.url !== input.url || before.format !== input.format;
    await tx.feed.update({
      where: { id },
      // What makes the next request conditional was said of another body.
      data: {
        ...{ name: input.name, category: input.category, redistribution: input.licence.redistribution },
        ...{ nextDueAt: ctx.now(), etag: null, lastModified: null },
      },
    });
    const row = await tx.ownFeed.update({
      where: { id },
      data: { ...columnsOf(input), secret: sealed(ctx, id, auth, before.secret), updatedAt: ctx.now() },
      select: ownFeedColumns,
    });
    const secret = auth.kind === "none" ? "none" : auth.secret === "" ? "kept" : "changed";
    await appendEvent(
      ctx,
      {
        action: "feed.change",
        target: { type: "feed", id, name: row.name },
        details: { ...auditDetails(row), secret, moved },
      },
      tx,
    );
    return { data: toOwnFeed(row) };
  });
}

/** A stored secret is never sent elsewhere than where it was meant to go: who may change a feed may not read it. */
export function requireStored(
  before: { url: string; auth: string; secret: string | null },
  input: { url: string; auth: Credentials },
): void {
  if (before.secret === null || before.auth !== input.auth.kind) {
    throw invalidParameter({ field: "auth.secret", problem: "is required" });
  }
  const origin = (url: string) => new URL(url.replaceAll("{key}", "key")).origin;
  if (origin(before.url) !== origin(input.url)) {
    throw invalidParameter({ field: "auth.secret", problem: "is required again, as the URL leads to another host" });
  }
}

function sealed(ctx: Operator, id: string, { kind, secret }: Credentials, stored: string | null): string | null {
  if (kind === "none") return null;
  return secret === "" ? stored : seal(ctx, secret, sealedRow(id));
}

/** What a sealed secret is bound to, so that it opens in no other row. */
export function sealedRow(id: string): string {
  return `own_feed ${id}`;
}

function columnsOf(input: AddOwnFeedInput) {
  const { auth, licence } = input;
  return {
    name: input.name,
    url: input.url,
    format: input.format,
    mapping: input.mapping,
    category: input.category,
    confidence: input.confidence,
    tlp: input.tlp,
    licence: licence.name,
    licenceUrl: licence.url,
    redistribution: licence.redistribution,
    intervalSeconds: input.interval_seconds,
    lifetimeDays: input.lifetime_days,
    auth: auth.kind,
    authName: auth.kind === "header" || auth.kind === "basic" ? auth.name : null,
  };
}

async function freeId(name: string, isFree: (id: string) => Promise<boolean>): Promise<string> {
  const words = normalForm(name, "NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  const plain = `own-${words || "feed"}`;
  return (await isFree(plain)) ? plain : `${plain}-${randomBytes(4).toString("hex")}`;
}
