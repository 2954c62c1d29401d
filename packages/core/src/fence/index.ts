export { holdLease, type Lease, localLease } from "./lease";
export { narrow, narrowSoon, type Subject } from "./narrow";
export { createTombstones, type Tombstone, type Tombstones } from "./tombstones";
