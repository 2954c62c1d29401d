export { answerLeak, type LeakReport } from "./answer-leak";
export { findDelivery, keepDelivery } from "./deliveries";
export { findLeaked, type Leaked } from "./find-leaked";
export { findSecrets, scannerPattern } from "./scanner-pattern";
export { setLeakPolicy } from "./set-leak-policy";
export {
  type LeakPolicy,
  type LeakPolicyInput,
  leakPolicies,
  leakPolicyInput,
  leakPolicyOf,
  leakPolicyShape,
  maxReported,
  type RevokeLeakedAnswer,
  type RevokeLeakedInput,
  revokeLeakedInput,
  revokeLeakedShape,
} from "./shape";
