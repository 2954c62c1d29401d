import type { ErrorCode } from "@tocsin/core/errors";
import {
  addedIndicatorsShape,
  addIndicators,
  addIndicatorsInput,
  changeIndicator,
  changeIndicatorInput,
  getIndicator,
  indicatorAnswerShape,
  indicatorListShape,
  indicatorPathInput,
  indicatorsCostOf,
  indicatorsPerRequest,
  listIndicators,
  listIndicatorsInput,
  maxIndicators,
  withdrawIndicator,
} from "@tocsin/core/own-indicators";
import { byKey, router } from "../procedure";

const tag = "Own Indicators";
const ofBodies: ErrorCode[] = ["invalid_parameter", "malformed_body", "payload_too_large", "unsupported_media_type"];
const megabyte = 1024 * 1024;
const sliceMs = 2;

/** What a workspace says itself. Members with the right may write, and keys that have the scope by name. */
export const indicatorsRouter = router({
  list: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/indicators",
      operationId: "listOwnIndicators",
      tag,
      summary: "List the workspace's own indicators",
      description:
        "What the workspace says itself, newest change first. Lookups, lists, searches and exports have the same indicators merged with what feeds say.",
      errors: ["invalid_parameter"],
    },
  })
    .input(listIndicatorsInput)
    .output(indicatorListShape)
    .query(({ ctx, input }) => listIndicators(ctx, input)),

  add: byKey({
    scope: "write:indicators",
    right: "indicators:write",
    rest: {
      method: "POST",
      path: "/api/v1/indicators",
      operationId: "addOwnIndicators",
      tag,
      summary: "Add indicators of your own",
      description: `One indicator, or up to ${maxIndicators} under \`indicators\`, each with a result or an error of its own. One that is there already says from now on what it is sent with; sent again in the same words, it changes nothing. \`POST /api/v1/indicators/stream\` takes NDJSON of any length. Costs one request for every ${indicatorsPerRequest} indicators, rounded up.`,
      errors: [...ofBodies, "indicator_limit_reached"],
      costOf: indicatorsCostOf,
      bodyLimit: 8 * megabyte,
    },
  })
    .input(addIndicatorsInput)
    .output(addedIndicatorsShape)
    .mutation(({ ctx, input }) => addIndicators(ctx, input, { turn: ctx.parts.pace.turn, ms: sliceMs })),

  get: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/indicators/:indicatorId",
      operationId: "getOwnIndicator",
      tag,
      summary: "Read an indicator of your own",
      description: "One indicator as the workspace wrote it, also when it was withdrawn.",
      errors: ["not_found"],
    },
  })
    .input(indicatorPathInput)
    .output(indicatorAnswerShape)
    .query(({ ctx, input }) => getIndicator(ctx, input)),

  change: byKey({
    scope: "write:indicators",
    right: "indicators:write",
    rest: {
      method: "PATCH",
      path: "/api/v1/indicators/:indicatorId",
      operationId: "changeOwnIndicator",
      tag,
      summary: "Change an indicator of your own",
      description: "Changes what the body names and leaves the rest. An indicator that was withdrawn stays so.",
      errors: [...ofBodies, "not_found"],
    },
  })
    .input(changeIndicatorInput)
    .output(indicatorAnswerShape)
    .mutation(({ ctx, input }) => changeIndicator(ctx, input)),

  withdraw: byKey({
    scope: "write:indicators",
    right: "indicators:write",
    rest: {
      method: "DELETE",
      path: "/api/v1/indicators/:indicatorId",
      operationId: "withdrawOwnIndicator",
      tag,
      summary: "Withdraw an indicator of your own",
      description:
        "Ends what the workspace says of the value; what feeds say of it stays. Withdrawing twice is withdrawing once.",
      errors: [...ofBodies, "not_found"],
    },
  })
    .input(indicatorPathInput)
    .output(indicatorAnswerShape)
    .mutation(({ ctx, input }) => withdrawIndicator(ctx, input)),
});
