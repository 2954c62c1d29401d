export { changeProblems, isWider, type PolicyKey, policyProblems } from "./decide";
export {
  type KeyPolicy,
  type KeysOffPolicy,
  keyPolicyOf,
  keyPolicyShape,
  keysOffPolicyShape,
  noKeyPolicy,
  type SetKeyPolicyInput,
  setKeyPolicyInput,
} from "./shape";
