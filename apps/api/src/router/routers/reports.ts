import type { ErrorCode } from "@tocsin/core/errors";
import {
  addedSightingsShape,
  addSightings,
  addSightingsInput,
  feedbackAnswerShape,
  feedbackListShape,
  feedbackPathInput,
  giveFeedback,
  giveFeedbackInput,
  listFeedback,
  listFeedbackInput,
  listProposals,
  listSightings,
  listSightingsInput,
  maxSightings,
  proposalsShape,
  removedShape,
  removeSighting,
  reviewFeedback,
  reviewFeedbackInput,
  sightingListShape,
  sightingPathInput,
  sightingsCostOf,
  sightingsPerRequest,
  withdrawFeedback,
} from "@tocsin/core/reports";
import { byKey, bySession, router } from "../procedure";

const tag = "Sightings and Feedback";
const ofBodies: ErrorCode[] = ["invalid_parameter", "malformed_body", "payload_too_large", "unsupported_media_type"];
const sliceMs = 2;

/** Where a workspace saw values. */
export const sightingsRouter = router({
  list: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/sightings",
      operationId: "listSightings",
      tag,
      summary: "List the workspace's sightings",
      description:
        "What the workspace reported to have seen, the latest first; of no other workspace. As a file it costs one request for every 1,000 sightings, rounded up.",
      errors: ["invalid_parameter"],
      asFile: true,
    },
  })
    .input(listSightingsInput)
    .output(sightingListShape)
    .query(({ ctx, input }) => listSightings(ctx, input)),

  add: byKey({
    scope: "write:sightings",
    right: "indicators:write",
    rest: {
      method: "POST",
      path: "/api/v1/sightings",
      operationId: "addSightings",
      tag,
      summary: "Report sightings",
      description: `Says that the workspace saw a value: one sighting, or up to ${maxSightings} under \`sightings\`, each with a result or an error of its own. A value, a time and a place are one sighting: sent again it says how often from then on, and in the same words it changes nothing. Lookups of the workspace show it, and the score rises. Costs one request for every ${sightingsPerRequest} sightings, rounded up.`,
      errors: [...ofBodies, "report_limit_reached"],
      costOf: sightingsCostOf,
    },
  })
    .input(addSightingsInput)
    .output(addedSightingsShape)
    .mutation(({ ctx, input }) => addSightings(ctx, input, { turn: ctx.parts.pace.turn, ms: sliceMs })),

  remove: byKey({
    scope: "write:sightings",
    right: "indicators:write",
    rest: {
      method: "DELETE",
      path: "/api/v1/sightings/:sightingId",
      operationId: "removeSighting",
      tag,
      summary: "Take a sighting back",
      description: "Deletes a sighting of the workspace; lookups forget it at once. Deleting twice is deleting once.",
      errors: [...ofBodies, "not_found"],
    },
  })
    .input(sightingPathInput)
    .output(removedShape)
    .mutation(({ ctx, input }) => removeSighting(ctx, input)),
});

/** What a workspace says of values: harmless or malicious, and why. */
export const feedbackRouter = router({
  list: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/feedback",
      operationId: "listFeedback",
      tag,
      summary: "List the workspace's verdicts",
      description: "The verdicts that the workspace gave, newest change first, with what became of those for all.",
      errors: ["invalid_parameter"],
    },
  })
    .input(listFeedbackInput)
    .output(feedbackListShape)
    .query(({ ctx, input }) => listFeedback(ctx, input)),

  give: byKey({
    scope: "write:feedback",
    right: "indicators:write",
    rest: {
      method: "POST",
      path: "/api/v1/feedback",
      operationId: "giveFeedback",
      tag,
      summary: "Call a value harmless or malicious",
      description:
        "A verdict on one value, in place of the workspace's one before; the same again changes nothing. It counts at once, for the workspace alone: `harmless` lowers the score in lookups and leaves the value out of lists and exports, `malicious` raises the score. With `for_all` the operators are asked to hide a harmless value from everybody. Networks wider than /16 (IPv4) and /32 (IPv6) and public suffixes are refused.",
      errors: [...ofBodies, "report_limit_reached"],
    },
  })
    .input(giveFeedbackInput)
    .output(feedbackAnswerShape)
    .mutation(({ ctx, input }) => giveFeedback(ctx, input)),

  withdraw: byKey({
    scope: "write:feedback",
    right: "indicators:write",
    rest: {
      method: "DELETE",
      path: "/api/v1/feedback/:indicatorId",
      operationId: "withdrawFeedback",
      tag,
      summary: "Take a verdict back",
      description:
        "Deletes the workspace's verdict on the value, which is listed and scored again as before. What operators accepted for all stays. Deleting twice is deleting once.",
      errors: [...ofBodies, "not_found"],
    },
  })
    .input(feedbackPathInput)
    .output(removedShape)
    .mutation(({ ctx, input }) => withdrawFeedback(ctx, input)),

  proposals: bySession({ operator: true })
    .output(proposalsShape)
    .query(({ ctx }) => listProposals(ctx)),

  review: bySession({ operator: true })
    .input(reviewFeedbackInput)
    .output(proposalsShape)
    .mutation(({ ctx, input }) => reviewFeedback(ctx, input)),
});
