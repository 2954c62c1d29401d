import type { ListForm } from "./line-list";

/** An address or a network a line, as the field `ip`. */
export const addressList: ListForm = {
  comment: "#",
  line: /^(?<ip>(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f.:]{1,42})(?:\/\d{1,3})?)(?:\s*[#;].*)?$/i,
  problem: "not an address",
  begun: /^[\d.]+$/,
};
