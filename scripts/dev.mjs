// `npm run dev`: installs, then runs the API from its sources and the dashboard under Vite, both behind one address.
// A change of the API restarts it; a change of the dashboard is in the browser at once.
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import { endWithNpm } from "./end-with-npm.mjs";
import { checkNode, generate, install, root } from "./workspace.mjs";

/** What the API answers; every other path is a page or a file of the dashboard. */
const apiPaths = "^/(?:api|taxii2|docs|healthz|readyz|metrics|\\.well-known)(?:[/?]|$)";
/** How long a request waits for an API that starts. */
const patienceMs = 30_000;

checkNode();
install();
generate();
process.chdir(root);
if (fs.existsSync(".env")) process.loadEnvFile(".env");

const host = process.env.HOST?.trim() || "127.0.0.1";
const apiPort = await freePort();
const stopped = signalled();
const dashboard = await startDashboard();
const api = startApi(dashboard.httpServer.address().port);
const ended = once(api, "exit");
const signal = await Promise.race([stopped, ended.then(() => null)]);
if (signal === null) console.error("The API's watcher has ended: see above.");
else console.log("Stopping …");
api.kill("SIGTERM");
await Promise.all([dashboard.close(), ended]);
process.exit(signal === null ? 1 : 0);

/** Vite's server at HOST:PORT, which passes on what is the API's. */
async function startDashboard() {
  const { createServer } = await import("vite");
  const server = await createServer({
    root: path.join(root, "apps", "web"),
    clearScreen: false,
    server: {
      host,
      port: Number(process.env.PORT?.trim() || 8080),
      strictPort: true,
      proxy: { [apiPaths]: { target: `http://127.0.0.1:${apiPort}` } },
    },
    plugins: [waitForApi()],
  });
  try {
    return await server.listen();
  } catch (error) {
    console.error(`PORT: ${error.message}`);
    process.exit(2);
  }
}

/** Holds a request back while the API restarts, so that a page that is open loses none. */
function waitForApi() {
  const isForApi = new RegExp(apiPaths);
  return {
    name: "tocsin:wait-for-api",
    configureServer(server) {
      server.middlewares.use(async (request, _response, next) => {
        if (isForApi.test(request.url ?? "")) await apiListens();
        next();
      });
    },
  };
}

/** The API under tsx, which restarts it when one of its sources changes, in this package or another. */
function startApi(port) {
  const tsx = createRequire(import.meta.url).resolve("tsx/cli");
  const program = path.join("apps", "api", "src", "cli.ts");
  const watched = ["--clear-screen=false", "--include", path.join("prisma", "migrations", "**")];
  return spawn(process.execPath, [tsx, "watch", ...watched, program, "serve"], {
    // A process group of its own: Ctrl-C reaches this process alone, which then ends the API in order.
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      PORT: String(apiPort),
      PUBLIC_URL: `http://${["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host}:${port}`,
      TOCSIN_DATA_DIR: process.env.TOCSIN_DATA_DIR?.trim() || ".tocsin-dev",
      // Every restart would ask the publishers again for what it has interrupted.
      TOCSIN_FEEDS: process.env.TOCSIN_FEEDS?.trim() || "off",
    },
  });
}

/** Resolves when the API takes connections, or after `patienceMs`. */
async function apiListens() {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; ) {
    if (await connects()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function connects() {
  return new Promise((resolve) => {
    const socket = net.connect(apiPort, "127.0.0.1");
    const settle = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => settle(true)).once("error", () => settle(false));
  });
}

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address();
  server.close();
  return free;
}

/** Resolves with the first signal to end; the second ends everything at once. */
function signalled() {
  endWithNpm();
  return new Promise((resolve) => {
    let seen = false;
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
      process.on(name, () => {
        if (seen) endAtOnce();
        seen = true;
        resolve(name);
      });
    }
  });
}

function endAtOnce() {
  try {
    process.kill(-api.pid, "SIGKILL");
  } finally {
    process.exit(130);
  }
}
