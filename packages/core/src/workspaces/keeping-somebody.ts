import { AppError } from "../errors";

/** Runs work that may take the last operator or owner away, and says so in the catalog's words where a trigger refused it. */
export async function keepingSomebody<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (names(error, "user_keeps_an_operator")) throw new AppError("last_operator", { cause: error });
    if (names(error, "member_keeps_an_owner")) throw new AppError("last_owner", { cause: error });
    throw error;
  }
}

/** Whether the trigger of that name refused, whatever the driver makes of its error. */
function names(error: unknown, trigger: string, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false;
  return error.message.includes(trigger) || names(error.cause, trigger, depth + 1);
}
