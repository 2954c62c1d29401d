export { commitRestriction, commitRestrictionSoon, type Subject } from "./commit-restriction";
export { holdLease, type Lease, localLease } from "./lease";
export { carryRestrictions, type Restrictions, readRestrictions } from "./over-restore";
export { readNodes } from "./read-nodes";
export { createTombstones, type Tombstones } from "./tombstones";
