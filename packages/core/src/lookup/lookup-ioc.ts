import type { Authorized, KeyCaller, SessionCaller } from "../access";
import type { Call } from "../context";
import { AppError } from "../errors";
import type { Lookup, LookupInput } from "./shape";

/** Everything known of one value; a value that no feed reported is an answer too, not an error. */
export async function lookupIoc(
  _ctx: Call<Authorized<KeyCaller | SessionCaller>>,
  _input: LookupInput,
): Promise<Lookup> {
  throw new AppError("service_unavailable");
}
