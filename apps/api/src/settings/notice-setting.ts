import type { NoticeSetting } from "@tocsin/core/notices";
import type { Settings } from "./settings";

/** Which ways out notices have on this instance. */
export function noticeSetting({ mail }: Pick<Settings, "mail">): NoticeSetting {
  return { email: mail !== undefined };
}
