export { withAdvisoryLock } from "./advisory-lock";
export { type BoundedMap, createBoundedMap } from "./bounded-map";
export { createQueryCursor, createSignedCursor, createTimeCursor, readNumberCursor } from "./cursor";
export { dayMs, daySeconds, hourMs, hourSeconds, minuteMs } from "./durations";
export { createGatherer, createSharer } from "./gather";
export { atOnce, inSlices, mapInSlices, type Turn } from "./slices";
export { withTimeout } from "./time-out";
export { countUpTo, exactCountLimit, totalOf } from "./total";
