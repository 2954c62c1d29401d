import { createHmac, timingSafeEqual } from "node:crypto";
import type { PrismaClient } from "@tocsin/db";
import { z } from "zod";
import { openSealed, type Secrets } from "./sealing";

type Deps = { db: PrismaClient; secrets: Secrets };

/** The second factor of an account, opened; `sealed` where a secret that is no longer known sealed it. */
export type SecondFactor = { kind: "open"; id: string; secret: string } | { kind: "sealed" } | { kind: "none" };

/** Reads an account's second factor. One that a former secret sealed is sealed anew. */
export async function openSecondFactor(deps: Deps, userId: string): Promise<SecondFactor> {
  const row = await deps.db.twoFactor.findFirst({ where: { userId }, select: columns });
  if (!row) return { kind: "none" };
  const secret = await resealRow(deps, row);
  return secret === null ? { kind: "sealed" } : { kind: "open", id: row.id, secret };
}

/** How many backup codes of an account are left; null where there is no second factor, or it cannot be opened. */
export async function countBackupCodes({ db, secrets }: Deps, userId: string): Promise<number | null> {
  const row = await db.twoFactor.findFirst({ where: { userId, verified: true }, select: columns });
  const opened = row ? await openSealed(secrets, row.backupCodes) : null;
  return opened ? codeList.parse(JSON.parse(opened.plain)).length : null;
}

const codeList = z.array(z.string());

const columns = { id: true, secret: true, backupCodes: true } as const;
type Row = { id: string; secret: string; backupCodes: string };

/** Gives the row's secret; null where it or the backup codes cannot be opened. */
async function resealRow({ db, secrets }: Deps, row: Row): Promise<string | null> {
  const [secret, codes] = await Promise.all([openSealed(secrets, row.secret), openSealed(secrets, row.backupCodes)]);
  if (!secret || !codes) return null;
  if (secret.current !== row.secret || codes.current !== row.backupCodes) {
    // Whoever has used up a backup code meanwhile has sealed what is left.
    await db.twoFactor.updateMany({ where: row, data: { secret: secret.current, backupCodes: codes.current } });
  }
  return secret.plain;
}

/** Rows that one round reads. */
const batch = 500;

/** Seals every second factor under the current secret; `lost` counts those that no known secret opens. */
export async function resealSecondFactors(deps: Deps): Promise<{ lost: number }> {
  const prefix = `$ba$${deps.secrets[0]?.version}$`;
  let lost = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const rows = await deps.db.twoFactor.findMany({
      where: {
        id: { gt: after },
        NOT: { secret: { startsWith: prefix }, backupCodes: { startsWith: prefix } },
      },
      orderBy: { id: "asc" },
      take: batch,
      select: columns,
    });
    for (const row of rows) if ((await resealRow(deps, row)) === null) lost += 1;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return { lost };
    after = last.id;
  }
}

const stepSeconds = 30;

/**
 * Uses up the code, so that it works once (RFC 6238 §5.2) on all nodes together, and no earlier one after it. False
 * where it was used before; true too for a code that is wrong, which is not judged here.
 */
export async function claimCode(db: PrismaClient, factor: { id: string; secret: string }, code: string, now: Date) {
  const current = Math.floor(now.getTime() / 1_000 / stepSeconds);
  // better-auth takes the codes of the step before and of the one after, too.
  const step = [current - 1, current, current + 1].find((one) => isEqual(hotp(factor.secret, one), code));
  if (step === undefined) return true;
  const claimed = await db.twoFactor.updateMany({
    where: { id: factor.id, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
    data: { lastStep: step },
  });
  return claimed.count > 0;
}

/** RFC 4226 §5.3, with the SHA-1 and six digits that better-auth has. */
function hotp(secret: string, counter: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(counter));
  const hash = createHmac("sha1", secret).update(bytes).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

function isEqual(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
