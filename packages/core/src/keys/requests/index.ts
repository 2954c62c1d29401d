export { collectKey } from "./collect-key";
export { decideKeyRequest, withdrawKeyRequest } from "./decide-request";
export { getKeyRequest, listKeyRequests } from "./list-requests";
export { requestKey } from "./request-key";
export {
  collectKeyInput,
  decideKeyRequestInput,
  type KeyRequest,
  keyRequestAnswerShape,
  keyRequestListShape,
  keyRequestPathInput,
  requestKeyInput,
} from "./shape";
