import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/** Memory that the thread may fill, in megabytes: what needs more ends it. */
const resourceLimits = { maxOldGenerationSizeMb: 512 };

/** Starts the thread that reads texts: from the build, or from the sources where those run. */
export function startThread(): Worker {
  const here = import.meta.url;
  if (here.endsWith(".ts")) return startSources(new URL("./thread.ts", here));
  const built = here.includes("/assets/") ? "../text-reader.js" : "./text-reader.js";
  return new Worker(new URL(built, here), { resourceLimits });
}

/** Node 20 reads no TypeScript of its own, and `--import` does not reach the modules of a thread. */
function startSources(file: URL): Worker {
  const tsx = pathToFileURL(
    createRequire(import.meta.url)
      .resolve("tsx/esm/api")
      .replace(/cjs$/, "mjs"),
  );
  const load = `import("${tsx}").then(({ register }) => { register(); return import("${file}"); })`;
  return new Worker(load, { eval: true, resourceLimits });
}
