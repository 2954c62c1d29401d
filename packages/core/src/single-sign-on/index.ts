export { type Admitted, admit, endOtherWaysIn, makeAccount, type Refused } from "./admit";
export { findProvider, findProviderOf, getProvider, getProviderToTest, type SignInProvider } from "./get-provider";
export type { ProviderOf } from "./owner";
export { callbackUrl } from "./provider-row";
export { isOver, type ReachOf, reaches } from "./reach";
export { resealProviders } from "./reseal-providers";
export { removeProvider, saveProvider } from "./save-provider";
export {
  type GrantableRole,
  grantableRoles,
  providerAnswerShape,
  type SaveProviderInput,
  saveProviderInput,
  verifyDomainInput,
} from "./shape";
export { verifyDomain } from "./verify-domain";
