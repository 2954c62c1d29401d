import { randomFillSync } from "node:crypto";

const length = 12;
/** Drawn for many requests at once: asking the system for a few bytes costs as much as for thousands. */
const drawn = Buffer.alloc(length * 512);
let next = drawn.length;

/** `req_` and 96 random bits, in hex. */
export function newRequestId(): string {
  if (next === drawn.length) {
    randomFillSync(drawn);
    next = 0;
  }
  next += length;
  return `req_${drawn.toString("hex", next - length, next)}`;
}
