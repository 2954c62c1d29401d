import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

export const builtCli = path.join(import.meta.dirname, "../../dist/cli.js");
const sourceCli = path.join(import.meta.dirname, "../cli.ts");

/** The built program as a process of its own, as an operator would run it. */
export type Server = {
  url: string;
  process: ChildProcess;
  /** Everything it has printed so far. */
  output: () => string;
  /** Milliseconds from its start to its first answer. */
  startMs: number;
  kill: (signal: NodeJS.Signals) => Promise<number | null>;
};

/** A port of 127.0.0.1 that nobody held a moment ago. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/**
 * Starts `serve` (`flags`: of Node; `source`: the sources in place of the build; `cli`: another build) and waits until it
 * is ready; throws with its output when it ends before, or within 150 s is not.
 */
export async function startServer(
  env: Record<string, string>,
  { source = false, flags = [] as string[], cli = builtCli } = {},
): Promise<Server> {
  if (!source && !fs.existsSync(cli)) throw new Error(`${cli} is missing: run \`npm run build\` first`);
  const program = source ? ["--import", "tsx", sourceCli] : [cli];
  const listen = env.PORT === undefined ? await freePort() : Number(env.PORT);
  const started = performance.now();
  const child = spawn(process.execPath, [...flags, ...program, "serve"], {
    // The folder holds no .env, so that only `env` counts.
    cwd: import.meta.dirname,
    env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: String(listen), TOCSIN_FEEDS: "off", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += String(chunk)));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${listen}`;
  const server: Server = {
    url,
    process: child,
    output: () => output,
    startMs: 0,
    kill: async (signal) => {
      child.kill(signal);
      return ended;
    },
  };
  for (const deadline = started + 150_000; performance.now() < deadline; ) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if (await isReady(url)) return { ...server, startMs: performance.now() - started };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.kill("SIGKILL");
  throw new Error(`the server did not start:\n${output}`);
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

/** Signs in and gives the session cookie as a header value. */
export async function signIn(url: string, email: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
