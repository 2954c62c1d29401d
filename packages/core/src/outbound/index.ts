export { reseal, seal, unseal } from "./seal";
export { targetProblem } from "./target";
