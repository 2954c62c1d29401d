import type { ListForm } from "./line-list";

/** An address or a network a line, as the field `ip`. */
export const addressList: ListForm = {
  comment: "#",
  line: /^(?<ip>(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f.:]*:[\da-f.:]*)(?:\/\d{1,3})?)(?:\s*[#;].*)?$/i,
  problem: "not an address",
  begun: /^[\d.]+$/,
};
