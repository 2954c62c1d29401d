export { seal, unseal } from "./seal";
export { hostOf, targetProblem } from "./target";
