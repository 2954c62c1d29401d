import { parentPort } from "node:worker_threads";
import { useEditions } from "@tocsin/core/attack";
import { readText } from "@tocsin/core/extraction";
import type { Answer, Asked } from "./messages";

/** The thread that reads texts: it knows nothing of the database, and does one text after the other. */
parentPort?.on("message", ({ text, editions }: Asked) => {
  if (editions) useEditions(editions);
  parentPort?.postMessage({ kind: "found", found: readText(text) } satisfies Answer);
});
parentPort?.postMessage({ kind: "ready" } satisfies Answer);
