import { addedSightingsShape } from "@tocsin/core/reports";
import { z } from "zod";
import { tool } from "../tool";

const result = addedSightingsShape.shape.data;

export const reportSighting = tool({
  title: "Report a sighting",
  description:
    "Writes down that the workspace saw one value itself, such as in a log: when, where and how often. Only what you have evidence of. Name seen_at, so that the same sighting counts once. Needs a key with the scope write:sightings.",
  reads: false,
  input: z.object({
    value: z.string().min(1).max(2_048).describe("The value as you found it, defanged or not."),
    seen_at: z.iso.datetime({ offset: true }).describe("When it was seen, in ISO 8601."),
    place: z.string().min(1).max(200).optional().describe("Where: a sensor, a site, a log."),
    count: z.int().min(1).max(1_000_000_000).optional().describe("How often. Absent: once."),
    comment: z.string().min(1).max(2_000).optional().describe("What is worth reading beside it."),
  }),
  output: z.object({ outcome: z.string(), value: z.string().nullable(), indicator_id: z.string().nullable() }),
  request: (sighting) => ({ method: "POST", path: "/api/v1/sightings", body: sighting }),
  read: ({ data }) => result.parse(data)[0],
});
