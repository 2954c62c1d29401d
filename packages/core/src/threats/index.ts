export { attackMatrix } from "./attack-matrix";
export { describeThreat } from "./describe-threat";
export { articleFloor } from "./select-articles";
export {
  type AttackMatrix,
  matrixInput,
  matrixShape,
  type Threat,
  type ThreatKind,
  threatInput,
  threatKinds,
  threatShape,
} from "./shape";
