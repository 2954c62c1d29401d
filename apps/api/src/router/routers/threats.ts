import { attackMatrix, describeThreat, matrixInput, matrixShape, threatInput, threatShape } from "@tocsin/core/threats";
import { byKey, router } from "../procedure";

export const threatsRouter = router({
  matrix: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/attack/matrix",
      operationId: "getATTACKMatrix",
      tag: "Lookup",
      summary: "Get an ATT&CK matrix with what is known of each technique",
      description:
        "The tactics and techniques of a matrix, each with how many articles of the last 30 days name it and how many indicators of it a source saw in them, and the groups, malware and CVEs that those articles name most. Nothing is counted that is older than the tier's lookback.",
      errors: ["invalid_parameter"],
    },
  })
    .input(matrixInput)
    .output(matrixShape)
    .query(({ ctx, input }) => attackMatrix(ctx, input)),

  show: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/threats",
      operationId: "getThreat",
      tag: "Lookup",
      summary: "Get a technique, group, malware or CVE",
      description:
        "What is stored of a threat: its latest indicators, the articles that name it, both by day for the last 30 days, and what else those articles name. Nothing is shown that is older than the tier's lookback.",
      errors: ["invalid_parameter", "not_found"],
    },
  })
    .input(threatInput)
    .output(threatShape)
    .query(({ ctx, input }) => describeThreat(ctx, input)),
});
