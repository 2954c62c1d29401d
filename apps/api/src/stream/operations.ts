import { iocFilterFields } from "@tocsin/core/iocs";
import { queryBoolean } from "@tocsin/core/values";
import { z } from "zod";
import type { RestRoute } from "../router/procedure";

/** A sequence number as clients send it back. */
const sequence = z
  .string()
  .regex(/^\d{1,16}$/, "must be a sequence number")
  .meta({
    description:
      "The `id` of the last event that was read; the same as the header field `Last-Event-ID`, which goes first.",
    example: "1795253400000001",
    parameter: "LastEventId",
  });

const { type, confidence, tag, min_risk } = iocFilterFields;

export const streamInput = z.object({
  type,
  confidence,
  tag,
  min_risk,
  last_event_id: sequence.optional(),
  follow: queryBoolean().default(true).meta({
    description: "`false`: ends when all that there is has been sent, for clients that come now and then.",
    example: false,
  }),
});
export type StreamInput = z.output<typeof streamInput>;

const rest: RestRoute = {
  method: "GET",
  path: "/api/v1/stream",
  operationId: "streamIOCs",
  tag: "IOCs",
  summary: "Stream changes of indicators",
  description:
    "Server-sent events of every indicator that is added, changed (`indicator`) or withdrawn (`withdrawn`), in the order of the sequence. The `id` of an event is its sequence number: a client that sends it back as `Last-Event-ID` gets what came after, with no gap and no repeat, from any node and after any restart. Without it the stream begins now. Withdrawals are filtered by `type` alone. Costs 1, and a thousandth for each event; it holds one slot of what the key may run at once.",
  errors: ["invalid_parameter", "lookback_exceeded"],
};

export const streamOperation = {
  name: rest.operationId,
  type: "query",
  access: { by: "key", scope: "read:iocs", cost: 1 },
  rest,
  input: streamInput,
  output: null,
  bodies: [
    {
      type: "text/event-stream",
      example: 'id: 1795253400000001\nevent: indicator\ndata: {"type":"domain","value":"malware.example"}\n\n',
    },
  ],
  pages: false,
} as const;
