import { z } from "zod";
import { plainText, queryInteger } from "../errors";
import { exampleIocId, longestId, timeCursor, timeOf, timeOrNull, uuid } from "../values";
import { by, pageMeta, reportedValue, valueFields } from "./shape";

export const verdicts = ["harmless", "malicious"] as const;
export type Verdict = (typeof verdicts)[number];

const verdict = z.enum(verdicts).meta({
  description:
    "`harmless` lowers the score in the workspace's lookups, and leaves the value out of its lists and exports; `malicious` raises the score.",
  example: "harmless",
});
const reason = plainText({ min: 1, max: 500 }).meta({
  description: "Why, for whoever reads it later; 1 to 500 characters.",
  example: "Our own mail gateway",
});

/** POST /api/v1/feedback. */
export const giveFeedbackInput = z
  .strictObject({
    ...reportedValue,
    verdict,
    reason,
    for_all: z.boolean().default(false).meta({
      description:
        "Whether the operators of the instance are asked to hide the value from everybody; they read value, reason and the workspace's name. With `harmless` alone.",
      example: true,
    }),
  })
  .check(({ value, issues }) => {
    if (value.verdict === "harmless" || !value.for_all) return;
    const params = { allowed: "true with the verdict `harmless` alone" };
    issues.push({ code: "custom", message: "does not go with `malicious`", params, path: ["for_all"], input: value });
  })
  .meta({
    id: "GiveFeedback",
    description: "A verdict on one value, in place of the one before.",
    example: { value: "mail.example.org", verdict: "harmless", reason: "Our own mail gateway" },
  });
export type GiveFeedbackInput = z.output<typeof giveFeedbackInput>;

const reviews = ["none", "pending", "accepted", "declined"] as const;
export type Review = (typeof reviews)[number];

export const feedbackShape = z
  .object({
    indicator_id: uuid.meta({ description: "The id of the type and value, as everywhere.", example: exampleIocId }),
    ...valueFields,
    verdict,
    reason: z.string().meta({ description: "Why.", example: "Our own mail gateway" }),
    review: z.enum(reviews).meta({
      description:
        "Whether it counts for all: `none` where nobody asked, `pending` until an operator has decided, then `accepted` or `declined`.",
      example: "none",
    }),
    review_note: z
      .string()
      .nullable()
      .meta({ description: "What the operator said to it.", example: "Confirmed with its owner" }),
    reviewed_at: timeOrNull("When an operator decided; null if none did."),
    created_at: timeOf("When the workspace first gave a verdict on the value."),
    created_by: by,
    updated_at: timeOf("When it last changed."),
  })
  .meta({ id: "Feedback", description: "A workspace's verdict on a value." });
export type FeedbackView = z.infer<typeof feedbackShape>;

export const feedbackAnswerShape = z
  .object({ data: feedbackShape })
  .meta({ id: "FeedbackAnswer", description: "A verdict of the workspace." });
export type FeedbackAnswer = z.infer<typeof feedbackAnswerShape>;

export const listFeedbackInput = z
  .object({
    verdict: z.enum(verdicts).optional().meta({ description: "Only values with this verdict.", example: "harmless" }),
    limit: queryInteger(1, 1_000)
      .default(100)
      .meta({ description: "Most verdicts to answer, 1 to 1000.", example: 100 }),
    cursor: timeCursor,
  })
  .prefault({});
export type ListFeedbackInput = z.output<typeof listFeedbackInput>;

export const feedbackListShape = z
  .object({
    data: z.array(feedbackShape).meta({ description: "The verdicts, newest change first." }),
    meta: pageMeta,
  })
  .meta({ id: "FeedbackList", description: "A page of the workspace's verdicts." });
export type FeedbackList = z.infer<typeof feedbackListShape>;

export const feedbackPathInput = z.object({
  indicatorId: z.string().max(longestId).meta({
    format: "uuid",
    description: "The id of the indicator: that of its type and value, as everywhere.",
    example: exampleIocId,
    parameter: "IndicatorId",
  }),
});
export type FeedbackPath = z.output<typeof feedbackPathInput>;

/** For operators: what workspaces ask them to hide from everybody. */
export const proposalsShape = z.object({
  data: z.array(
    z.object({
      workspace_id: z.string(),
      workspace_name: z.string(),
      ...feedbackShape.pick({ indicator_id: true, type: true, value: true, reason: true }).shape,
      ...feedbackShape.pick({ review: true, review_note: true, reviewed_at: true, updated_at: true }).shape,
      /** Feeds that report the value now. */
      sources: z.array(z.string()),
      risk_score: z.int().nullable(),
    }),
  ),
});
export type Proposals = z.infer<typeof proposalsShape>;

export const reviewFeedbackInput = z.strictObject({
  workspaceId: z.uuid(),
  indicatorId: z.uuid(),
  decision: z.enum(["accept", "decline"]),
  note: z.string().trim().max(200).default(""),
});
export type ReviewFeedbackInput = z.output<typeof reviewFeedbackInput>;
