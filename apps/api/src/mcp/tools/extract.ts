import { extractShape } from "@tocsin/core/extraction";
import { z } from "zod";
import { tool } from "../tool";

/** Values of an answer. */
const most = 200;
const { data } = extractShape.shape;
const value = data.shape.values.element.omit({ context: true, place: true });

export const extractIndicators = tool({
  title: "Find the indicators in a text",
  description: `Every value of a text with type, line and role (indicator: the text means it as one; reference: a site that it cites; mention: neither), ATT&CK ids, threat groups and malware. Indicators first, at most ${most} values. Costs one request for every 20,000 characters. Nothing is stored.`,
  input: z.object({ text: z.string().min(1).max(100_000).describe("The text: a mail, a report, a ticket.") }),
  output: z.object({
    values: z.array(value),
    total_values: z.int(),
    techniques: data.shape.techniques,
    threat_actors: data.shape.threat_actors,
    malware_families: data.shape.malware_families,
  }),
  request: ({ text }) => ({ method: "POST", path: "/api/v1/extract", body: { text } }),
  read: (answer) => {
    const { values, ...rest } = data.parse(answer.data);
    const meant = values.filter(({ role }) => role === "indicator");
    const others = values.filter(({ role }) => role !== "indicator");
    return { ...rest, total_values: values.length, values: [...meant, ...others].slice(0, most) };
  },
});
