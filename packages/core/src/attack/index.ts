export { deriveTechniques } from "./derive";
export { type AttackName, describeAttack } from "./describe";
export { techniquesOfFamily } from "./family-techniques";
export { type Phase, phasesOf } from "./phases";
export { type Matrix, type Tactic, tacticNamed, tacticOf } from "./tactics";
export {
  allTechniques,
  attackVersion,
  fullNameOf,
  matrixOf,
  type Technique,
  tacticsOf,
  techniqueOf,
} from "./technique";
export { techniquesOfThreat } from "./threat-techniques";
