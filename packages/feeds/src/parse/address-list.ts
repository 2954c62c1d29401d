import type { ListForm } from "./line-list";

/** An address, with its port or defanged too, or a network a line, as the field `ip`. */
export const addressList: ListForm = {
  comment: "#",
  line: /^(?<ip>(?:\d{1,3}(?:\[?\.\]?\d{1,3}){3}(?::\d{1,5})?|[\da-f]{0,4}:[\da-f.:]{1,42}|\[[\da-f:.]{2,45}\](?::\d{1,5})?)(?:\/\d{1,3})?)(?:\s*[#;].*)?$/i,
  problem: "not an address",
  begun: /^[\d.]+$/,
};
