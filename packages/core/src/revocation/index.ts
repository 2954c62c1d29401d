export { commitRestriction, commitRestrictionSoon, type Subject } from "./commit-restriction";
export { holdLease, type Lease, localLease } from "./lease";
export { readNodes } from "./read-nodes";
export { createTombstones, type Tombstones } from "./tombstones";
