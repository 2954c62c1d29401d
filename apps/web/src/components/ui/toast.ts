import { notifications } from "@mantine/notifications";
import { problemOf } from "../../lib/problem";

export function toastDone(message: string): void {
  notifications.show({ message, color: "teal", withBorder: true });
}

/** For failures that have no place of their own on the screen. */
export function toastProblem(error: unknown, title = "The request failed"): void {
  const problem = problemOf(error);
  const message = problem.requestId ? `${problem.message} (request ID ${problem.requestId})` : problem.message;
  notifications.show({ title, message, color: "red", withBorder: true, autoClose: 10_000 });
}
