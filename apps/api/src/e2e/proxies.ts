import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const programs = { nginx: "/usr/sbin/nginx", haproxy: "/usr/sbin/haproxy" };
export type ProxyKind = keyof typeof programs;
export const hasProxies = Object.values(programs).every((file) => fs.existsSync(file));
if (!hasProxies) console.log("skipped: the tests behind nginx and HAProxy (apt-get install nginx-light haproxy)");

/** nginx passes the sub-path on; the root's `/taxii2/` is mapped too, as docs/taxii.md says. */
const nginxConfig = ({ folder, port, upstream, base }: Place) => `
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr error;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    location ${base}/ { proxy_pass http://127.0.0.1:${upstream}; }
    location /taxii2/ { proxy_pass http://127.0.0.1:${upstream}; }
  }
}
`;

/** HAProxy takes the sub-path off, and names the client with its port, as Azure's gateway does. */
const haproxyConfig = ({ port, upstream, base }: Place) => `
defaults
  mode http
  timeout connect 60s
  timeout client 60s
  timeout server 60s
frontend public
  bind 127.0.0.1:${port}
  http-request set-header X-Forwarded-For %[src]:%[src_port]
  http-request replace-path ${base}(/.*) \\1
  default_backend tocsin
backend tocsin
  server one 127.0.0.1:${upstream}
`;

type Place = { folder: string; port: number; upstream: number; base: string };
export type RunningProxy = { kind: ProxyKind; port: number; url: string; close: () => Promise<void> };

/** A real proxy before the server at `upstream`, under the sub-path `base`. */
export async function startProxy(kind: ProxyKind, port: number, upstream: number, base: string): Promise<RunningProxy> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `tocsin-${kind}-`));
  const file = path.join(folder, "proxy.conf");
  const place = { folder, port, upstream, base };
  fs.writeFileSync(file, kind === "nginx" ? nginxConfig(place) : haproxyConfig(place));
  const args = kind === "nginx" ? ["-p", folder, "-c", file, "-g", "daemon off;"] : ["-db", "-f", file];
  const child = spawn(programs[kind], args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  await listening(child, port, () => output);
  return {
    kind,
    port,
    url: `http://127.0.0.1:${port}${base}`,
    close: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listening(child: ChildProcess, port: number, output: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the proxy did not start:\n${output()}`);
    if (await connects(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

type Ask = { method?: string; headers?: Record<string, string>; body?: string; from?: string };
export type Told = { status: number; headers: http.IncomingHttpHeaders; body: string };

/** One request from an address of this machine, as a client elsewhere would send it. */
export function ask(url: string, { method = "GET", headers = {}, body, from = "127.0.0.1" }: Ask = {}): Promise<Told> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, localAddress: from, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}
