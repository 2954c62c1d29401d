/** How long a node may answer from memory, by its own monotonic clock, from before the renewal was sent. */
export const leaseMs = 1_000;
/** The same by the database's clock, from when it runs the renewal. Longer, so that a clock may run faster than another. */
export const databaseLeaseMs = 1_100;
export const renewEveryMs = 250;
/** A revoker that waits longer than this says that it cannot confirm. */
export const patienceMs = databaseLeaseMs + 900;
export const fenceChannel = "tocsin_fence";
