import type { Socket } from "node:net";

const slow = new WeakSet<Socket>();

/** Lets the body of the request that a connection carries take longer than a request may; gives what ends that. */
export function allowSlowBody(socket: Socket): () => void {
  slow.add(socket);
  return () => slow.delete(socket);
}

export function mayBeSlow(socket: Socket): boolean {
  return slow.has(socket);
}
