import { atBase } from "./base";
import { endSession } from "./query-client";

/**
 * Goes into the dashboard with the session that has just begun. The page is loaded anew, so that nothing read before,
 * as nobody or as someone else, is left.
 */
export function enter(path: `/${string}` = "/"): void {
  endSession();
  window.location.assign(atBase(path));
}
