import type { FileAnswer } from "../wire/file-of";
import type { ApiContext } from "./context";

/** What a procedure's REST route answers where the request asks for a file; null where it asks for JSON. */
export type FileForm = (call: {
  ctx: ApiContext;
  input: Record<string, unknown>;
  accept: string | undefined;
}) => Promise<FileAnswer | null>;
