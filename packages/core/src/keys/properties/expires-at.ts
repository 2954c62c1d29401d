import { z } from "zod";
import { invalidParameter } from "../../errors";
import { dayMs } from "../../lib";
import { timeOrNull } from "../../values";
import { answerField, type Grant, settable } from "./property";

const longestDays = 365;
const days = z.int().min(1).max(longestDays);
const time = z.iso.datetime({ offset: true }).max(40).nullish();

const shown = (row: { expiresAt: Date | null }) => row.expiresAt?.toISOString() ?? null;

type EndInput = {
  /** null = never. */
  expiresAt: Date | null | undefined;
  /** From now; null = never. */
  expiresInDays: number | null | undefined;
};

/** When a key ends: bodies say the time, or the days until then. */
export const expiresAt = {
  answer: answerField({
    columns: ["expiresAt"],
    schema: timeOrNull("When the key stops working; null if it never expires.", null),
    read: shown,
  }),
  ...settable({
    column: "expiresAt",
    create: {
      fields: {
        expires_at: time.meta({
          description:
            "When the key expires: an ISO 8601 time with its offset, at most 365 days ahead; null or absent means that it never expires. Not beside `expires_in_days`.",
          example: null,
        }),
        expires_in_days: days.nullish().meta({
          description: "Days until the key expires, 1 to 365; null or absent means that it never expires.",
          example: 90,
        }),
      },
      take,
      value: (input, grant) => endOf(input, { expiresAt: null }, grant),
      details: shown,
    },
    update: {
      fields: {
        expires_at: time.meta({
          description:
            "When the key expires: an ISO 8601 time with its offset, at most 365 days ahead; null means never. Not beside `expires_in_days`. Absent: as it is.",
          example: null,
        }),
        expires_in_days: days.nullish().meta({
          description:
            "Days from now until the key expires, 1 to 365; null means never. Not beside `expires_at`. Absent: as it is.",
          example: 90,
        }),
      },
      take,
      value: endOf,
      details: shown,
    },
  }),
};

function take(body: { expires_at?: string | null | undefined; expires_in_days?: number | null | undefined }): EndInput {
  const { expires_at: end } = body;
  return { expiresAt: typeof end === "string" ? new Date(end) : end, expiresInDays: body.expires_in_days };
}

/** For a `check` of the bodies: an end is said in one of the two ways. */
export function requireOneEnd({
  value,
  issues,
}: z.core.ParsePayload<{ expires_at?: string | null | undefined; expires_in_days?: number | null | undefined }>): void {
  if (value.expires_at === undefined || value.expires_in_days === undefined) return;
  issues.push({
    code: "custom",
    message: "is given beside expires_at",
    params: { allowed: "either expires_at or expires_in_days" },
    path: ["expires_in_days"],
    input: value.expires_in_days,
  });
}

function endIn(days: number | null, now: Date): Date | null {
  return days === null ? null : new Date(now.getTime() + days * dayMs);
}

function endOf({ expiresAt, expiresInDays }: EndInput, key: { expiresAt: Date | null }, { now }: Grant): Date | null {
  if (expiresInDays !== undefined) return endIn(expiresInDays, now);
  if (expiresAt === undefined) return key.expiresAt;
  if (expiresAt === null || expiresAt.getTime() === key.expiresAt?.getTime()) return expiresAt;
  const allowed = "a time within the next 365 days, or null for never";
  if (expiresAt <= now) throw invalidParameter({ field: "expires_at", problem: "is not in the future", allowed });
  if (expiresAt.getTime() > now.getTime() + longestDays * dayMs)
    throw invalidParameter({ field: "expires_at", problem: "is too far ahead", allowed });
  return expiresAt;
}
