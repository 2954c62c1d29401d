import { techniqueShape } from "@tocsin/core/attack";
import { z } from "zod";
import { tool } from "../tool";

export const explainTechnique = tool({
  title: "Explain an ATT&CK technique",
  description: "Name, tactics, matrix and sub-techniques of a technique of MITRE ATT&CK, also by a revoked id.",
  input: z.object({
    id: z
      .string()
      .regex(/^T\d{4}(?:\.\d{3})?$/i)
      .max(9)
      .describe("Such as T1071 or T1071.001."),
  }),
  output: techniqueShape.shape.data,
  request: ({ id }) => ({ method: "GET", path: `/api/v1/attack/techniques/${id}` }),
});
