import fs from "node:fs";
import net from "node:net";

/** What one run of requests took: answers a second, milliseconds, and the server's CPU time for each answer in milliseconds. */
export type Load = { perSecond: number; p50: number; p99: number; cpuMs: number };

/**
 * Keeps `atOnce` requests under way for so many seconds, each on a connection of its own, and throws where one is not
 * answered 200; 24 are as many as one key may have. Plain sockets: a client that parses HTTP in full takes as much of the machine as the server does.
 * `pid` is the process whose CPU time is read (Linux).
 */
export async function load(
  url: string,
  pid: number,
  path: (n: number) => string,
  { atOnce = 24, seconds = 2, headers = {} }: { atOnce?: number; seconds?: number; headers?: Record<string, string> },
): Promise<Load> {
  const { host, hostname, port } = new URL(url);
  const fields = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const times: number[] = [];
  const started = performance.now();
  const cpuBefore = cpuSeconds(pid);
  const ends = started + seconds * 1_000;
  let asked = 0;
  const client = async () => {
    const connection = await connect(hostname, Number(port));
    while (performance.now() < ends) {
      const before = performance.now();
      const target = path(asked++);
      const status = await connection.ask(`GET ${target} HTTP/1.1\r\n${fields.join("")}\r\n`);
      if (status !== 200) throw new Error(`${target}: ${status}`);
      times.push(performance.now() - before);
    }
    connection.end();
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  const took = (performance.now() - started) / 1_000;
  const cpu = cpuSeconds(pid) - cpuBefore;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { perSecond: times.length / took, p50: at(0.5), p99: at(0.99), cpuMs: (cpu / times.length) * 1_000 };
}

/** A connection that is kept; `ask` gives the status of the answer to one request, once all of it has come. */
async function connect(host: string, port: number) {
  const socket = net.connect({ host, port, noDelay: true });
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  let missing = -1;
  let status = 0;
  let head = "";
  let settle: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null;
  socket.on("data", (chunk) => {
    let body = chunk.length;
    if (missing < 0) {
      head += chunk.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      status = Number(head.slice(9, 12));
      missing = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
      if (Number.isNaN(missing)) return settle?.reject(new Error("an answer without its length"));
      body = head.length - end - 4;
    }
    missing -= body;
    if (missing > 0) return;
    missing = -1;
    head = "";
    settle?.resolve(status);
  });
  socket.on("error", (error) => settle?.reject(error));
  socket.on("close", () => settle?.reject(new Error("the connection was closed")));
  return {
    ask: (text: string) =>
      new Promise<number>((resolve, reject) => {
        settle = { resolve, reject };
        socket.write(text);
      }),
    end: () => socket.destroy(),
  };
}

/** CPU time that a process has used, in seconds: proc_pid_stat(5), in ticks of a hundredth. */
export function cpuSeconds(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory of a process, in MiB. */
export function memoryOf(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kib ?? 0) / 1_024);
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
