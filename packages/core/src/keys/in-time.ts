import { AppError } from "../errors";
import { withTimeout } from "../lib";

const patienceMs = 5_000;

/** What the database answers to whoever waits for a key; `service_unavailable` where it fails or takes too long. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  try {
    return await withTimeout(work, patienceMs, () => {
      throw new Error(`the database did not answer within ${patienceMs} ms`);
    });
  } catch (error) {
    throw new AppError("service_unavailable", { retryAfter: 1, cause: error });
  }
}
