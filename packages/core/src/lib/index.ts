export { createBoundedMap } from "./bounded-map";
