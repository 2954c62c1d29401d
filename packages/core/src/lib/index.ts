export { createBoundedMap } from "./bounded-map";
export { createQueryCursor, createSignedCursor, createTimeCursor, readNumberCursor } from "./cursor";
