import { z } from "zod";
import { type ErrorCode, errorCatalog } from "./catalog";

export const exampleRequestId = "req_5f2b8c1e9a7d4036b1c2d3e4";

/** The code of an error: every shape of an error has it. */
export const errorCodeField = z.enum(Object.keys(errorCatalog) as [ErrorCode, ...ErrorCode[]]).meta({
  id: "ErrorCode",
  description: "What went wrong, for programs: a code does not change.",
  example: "invalid_parameter",
});

/** The request that an error answers. */
export const requestIdField = z.string().meta({
  description: "The id of the request, as in `X-Request-Id` and in the log of the instance.",
  example: exampleRequestId,
});
