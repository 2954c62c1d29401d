import type { IndicatorSource } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { addressList } from "../parse/address-list";
import { fitsList, readList } from "../parse/line-list";
import { torExit as exitAddresses, torExitOf } from "./tor-exit";

const text: Layout = {
  name: "Tor bulk exit list",
  fits: (head) => fitsList(head, addressList),
  read: (chunks, state) => readList(chunks, state, addressList, (fields) => [torExitOf(fields("ip"))]),
};

export const torBulk: IndicatorSource = {
  ...exitAddresses,
  id: "tor-bulk",
  name: "Tor bulk exit list",
  nature: "list",
  alternativeOf: "tor-exit",
  answered: "2026-08",
  takes: "address",
  files: [{ name: "torbulkexitlist", url: "https://check.torproject.org/torbulkexitlist" }],
  layouts: [text],
};
