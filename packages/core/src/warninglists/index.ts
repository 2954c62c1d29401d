export { allowValue, forbidValue, listAllowed } from "./allowed-values";
export { type CachedWarninglists, cacheWarninglists, warninglistsOf } from "./cached-warninglists";
export { createWarninglists } from "./create-warninglists";
export { listWarninglists } from "./list-warninglists";
export { isNetwork } from "./ranges";
export { type Remarked, remarkIocs } from "./remark-iocs";
export {
  allowedListShape,
  allowValueInput,
  forbidValueInput,
  type WarninglistPage,
  warninglistPageShape,
} from "./shape";
export { shippedWarninglists } from "./shipped";
export { storeWarninglist } from "./store-warninglist";
