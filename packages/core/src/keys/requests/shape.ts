import { z } from "zod";
import { scopes } from "../../access";
import { plainText } from "../../errors";
import { dayMs } from "../../lib";
import { exampleKeyId, longestId, timeOrNull } from "../../values";
import { createFields, requireOneEnd, takeCreate } from "../properties";

export const keyRequestStatuses = ["pending", "approved", "declined", "withdrawn", "collected", "lapsed"] as const;
export type KeyRequestStatus = (typeof keyRequestStatuses)[number];

/** For so long a request waits for a decision, and after it to be collected. */
export const requestLifeMs = 7 * dayMs;
/** Of a workspace that wait at once. */
export const maxOpenRequests = 100;
export const listedRequests = 100;

const exampleRequestId = "5c1f2a64-7d3e-4f0b-9a35-2f4f8f1d6c10";
const requestId = z.string().max(longestId).meta({
  description: "The id of the request.",
  format: "uuid",
  example: exampleRequestId,
  parameter: "KeyRequestId",
});
const reason = plainText({ max: 500, multiline: true });

export const requestKeyInput = z
  .object({
    ...createFields,
    reason: reason.optional().meta({
      description: "What the key is wanted for, for whoever decides; at most 500 characters.",
      example: "The new SIEM in Frankfurt",
    }),
  })
  .meta({
    id: "RequestKey",
    description: "The key that is wanted.",
    example: { name: "Production SIEM", scopes: ["read:iocs"], allowed_ips: ["198.51.100.0/24"], expires_in_days: 90 },
  })
  .check(requireOneEnd)
  .transform(({ reason, ...body }) => ({ reason, ...takeCreate(body) }));
export type RequestKeyInput = z.output<typeof requestKeyInput>;

export const keyRequestPathInput = z.object({ requestId });
export const collectKeyInput = keyRequestPathInput.meta({
  id: "CollectKey",
  description: "Nothing more than the id in the path. The body may be absent.",
});

export const decideKeyRequestInput = z.object({
  requestId,
  approve: z.boolean(),
  /** Why not. */
  reason: reason.optional(),
});
export type DecideKeyRequestInput = z.output<typeof decideKeyRequestInput>;

const who = (description: string) => z.string().nullable().meta({ description, example: "ada@acme.example" });

export const keyRequestShape = z
  .object({
    id: z.uuid().meta({ description: "The id of the request.", example: exampleRequestId }),
    status: z.enum(keyRequestStatuses).meta({
      description:
        "`pending` until somebody decides, `approved` until it is collected. `lapsed`: 7 days went by with neither.",
      example: "pending",
    }),
    name: z.string().meta({ description: "What the key is to be called.", example: "Production SIEM" }),
    scopes: z
      .array(z.enum(scopes).meta({ description: "A scope.", example: "read:iocs" }))
      .meta({ description: "What the key is to be allowed.", example: ["read:iocs"] }),
    allowed_ips: z
      .array(z.string().meta({ description: "A network in CIDR notation.", example: "198.51.100.0/24" }))
      .nullable()
      .meta({ description: "Where it is to work from; null for anywhere.", example: ["198.51.100.0/24"] }),
    expires_at: timeOrNull("When it is to end; null for never.", "2027-02-19T12:00:00.000Z"),
    reason: z
      .string()
      .nullable()
      .meta({ description: "What the key is wanted for.", example: "The new SIEM in Frankfurt" }),
    requested_by: z.string().meta({ description: "Who asked for it.", example: "ada@acme.example" }),
    created_at: z.iso.datetime().meta({ description: "When it was asked for.", example: "2026-11-21T12:00:00.000Z" }),
    lapses_at: timeOrNull(
      "Until when somebody has to decide, or the requester to collect the key; null once that is done.",
      "2026-11-28T12:00:00.000Z",
    ),
    decided_by: who("Who approved or declined it; null before."),
    decided_at: timeOrNull("When somebody decided; null before.", null),
    decline_reason: z.string().nullable().meta({ description: "Why it was declined; null otherwise.", example: null }),
    key_id: z
      .uuid()
      .nullable()
      .meta({ description: "The key that was made of it; null before.", example: exampleKeyId }),
  })
  .meta({ id: "KeyRequest", description: "A key that somebody asked for, which a second person has to approve." });
export type KeyRequest = z.infer<typeof keyRequestShape>;

export const keyRequestAnswerShape = z
  .object({ data: keyRequestShape })
  .meta({ id: "KeyRequestAnswer", description: "One request for a key." });
export type KeyRequestAnswer = z.infer<typeof keyRequestAnswerShape>;

/** `mine`: of whoever reads it, who cannot decide it and may collect it. */
export const keyRequestListShape = z.object({
  data: z.array(keyRequestShape.extend({ mine: z.boolean() })),
  meta: z.object({ pending: z.int() }),
});
export type KeyRequestList = z.infer<typeof keyRequestListShape>;
