import type { z } from "zod";
import { type Body, documentOperations } from "../documents/operations";
import { type RestProcedure, restProcedures } from "../router/list-procedures";
import { streamOperation } from "../stream/operations";

/** What answers under `/api/v1`: procedures in JSON, documents as files. */
export type RestOperation = Omit<RestProcedure, "output"> & {
  /** null where the answer is a file. */
  output: z.ZodType | null;
  bodies: readonly Body[];
  /** Whether `X-Next-Cursor` may come. */
  pages: boolean;
};

export function restOperations(): RestOperation[] {
  return [
    ...restProcedures().map((procedure) => ({ ...procedure, bodies: [], pages: false })),
    ...documentOperations,
    streamOperation,
  ];
}
