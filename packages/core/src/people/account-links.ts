import { createHash, randomBytes } from "node:crypto";
import type { Prisma } from "@tocsin/db";
import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import type { Call, Context } from "../context";
import { AppError, invalidParameter } from "../errors";
import { hourMs } from "../lib";
import { appendAboutPerson } from "./about-person";
import { lockPerson, targetOf } from "./lock-person";
import { type CreatedLink, type CreateLinkInput, handedLinkKinds } from "./shape";

/** What a link does for its person: set a password, drop a second factor, or confirm an address. */
export const linkKinds = [...handedLinkKinds, "email"] as const;
export type LinkKind = (typeof linkKinds)[number];

export type AccountLink = { kind: LinkKind; userId: string; email: string | null };

/** How long a link works. */
export const linkMs = hourMs;

/** The path of the page that opens a link. */
export const linkPath = "/account-link";

/**
 * A new one-time link that the operator hands over to a person; one of that kind that they had ends. The token is in the
 * fragment, which no browser sends: no log has it. Throws `not_found`, `insufficient_role`, and `invalid_parameter` for a
 * person who is disabled.
 */
export async function createLink(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  { personId, kind }: CreateLinkInput,
): Promise<CreatedLink> {
  requireOperator(ctx.caller);
  return ctx.db.$transaction(async (tx) => {
    const person = await lockPerson(tx, personId);
    if (person.disabled) throw invalidParameter({ field: "personId", problem: "is of a person who is disabled" });
    const link = await insertLink(ctx, tx, { userId: person.id, kind, email: null });
    const details = { kind, expires_at: link.expires_at };
    await appendAboutPerson(ctx, tx, person.id, { action: "person.create_link", target: targetOf(person), details });
    return link;
  });
}

/** Stores a new link of its kind, in the place of one before. */
export async function insertLink(
  ctx: Pick<Context, "now" | "instance">,
  tx: Prisma.TransactionClient,
  { userId, kind, email }: AccountLink,
): Promise<CreatedLink> {
  const token = randomBytes(32).toString("base64url");
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + linkMs);
  await tx.accountLink.deleteMany({ where: { userId, kind } });
  await tx.accountLink.create({
    data: { hash: hashOf(token), userId, kind, email, createdAt: now, expiresAt },
    select: { userId: true },
  });
  return { url: `${ctx.instance.publicUrl}${linkPath}#${token}`, expires_at: expiresAt.toISOString() };
}

/** What the token opens, for the page that asks for a password. Throws `not_found` where it opens nothing any more. */
export async function readLink(ctx: Pick<Context, "db" | "now">, token: string): Promise<AccountLink> {
  const row = await ctx.db.accountLink.findFirst({
    where: { hash: hashOf(token), expiresAt: { gt: ctx.now() }, user: { disabledAt: null } },
    select: { kind: true, userId: true, email: true },
  });
  return toLink(row);
}

/** Uses the link up in `tx`: of two at once, one gets it. Throws `not_found`. */
export async function claimLink(
  ctx: Pick<Context, "now">,
  tx: Prisma.TransactionClient,
  token: string,
): Promise<AccountLink> {
  const [row] = await tx.$queryRaw<{ kind: string; userId: string; email: string | null }[]>`
    DELETE FROM account_link l USING "user" u
    WHERE l.hash = ${hashOf(token)} AND l.expires_at > ${ctx.now().toISOString()}::timestamptz
      AND u.id = l.user_id AND u.disabled_at IS NULL
    RETURNING l.kind, l.user_id::text AS "userId", l.email`;
  return toLink(row ?? null);
}

/**
 * Ends what whoever knew the password or had the mailbox of before may have begun: in `tx`, with the password or the
 * address that changed. A link that drops a second factor stays, since an operator handed it over.
 */
export async function endOtherLinks(tx: Pick<Prisma.TransactionClient, "accountLink">, userId: string): Promise<void> {
  const kinds: LinkKind[] = ["password", "email"];
  await tx.accountLink.deleteMany({ where: { userId, kind: { in: kinds } } });
}

function toLink(row: { kind: string; userId: string; email: string | null } | null): AccountLink {
  const kind = linkKinds.find((known) => known === row?.kind);
  if (!row || !kind) {
    throw new AppError("not_found", {
      message:
        "This link is not valid: it was used, replaced by a newer one, has expired (one hour), or is not complete.",
    });
  }
  return { ...row, kind };
}

function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
