// What the commands share. Plain JavaScript on Node alone: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export const root = path.dirname(import.meta.dirname);

const least = [20, 19];
const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const stampFile = path.join(root, "node_modules", ".tocsin-installed");

/** Ends the process with a plain sentence where Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return;
  console.error(`Tocsin needs Node ${least.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Runs the pinned pnpm, which npm fetches once; the path of the checkout may hold spaces. Gives its exit code. */
export function pnpm(args, options = {}) {
  const npx = process.platform === "win32" ? "npx.cmd" : "npx";
  const { status, stdout, error } = spawnSync(npx, ["--yes", "--prefer-offline", manifest.packageManager, ...args], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options,
    env: { ...process.env, ...quiet, ...options.env },
  });
  if (error) console.error(`npx could not be run: ${error.message}`);
  if (status !== 0 && stdout) console.error(stdout);
  return status ?? 1;
}

const quiet = {
  npm_config_update_notifier: "false",
  npm_config_loglevel: "error",
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
};

/** Installs what the lock file names, unless that is what is installed already. */
export function install() {
  const stamp = wantedStamp();
  if (read(stampFile) === stamp) return;
  console.log("Installing packages …");
  const status = pnpm(["install", "--frozen-lockfile", "--reporter=append-only"]);
  if (status !== 0) {
    console.error("The packages could not be installed: see above. The registry must be reachable the first time.");
    process.exit(status);
  }
  fs.writeFileSync(stampFile, stamp);
}

/** Builds what has changed since the last build (turbo's cache knows). */
export function build() {
  console.log(fs.existsSync(cli) ? "Checking the build …" : "Building the server and the dashboard …");
  const status = pnpm(["exec", "turbo", "run", "build", "--output-logs=errors-only"], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  if (status === 0) return;
  console.error("The build failed: see above.");
  process.exit(status);
}

/** Generates the database's client, unless that of this schema is there already. */
export function generate() {
  const status = pnpm(["exec", "turbo", "run", "generate", "--output-logs=errors-only"], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  if (status === 0) return;
  console.error("The database's client could not be generated: see above.");
  process.exit(status);
}

export const cli = path.join(root, "apps", "api", "dist", "cli.js");

function wantedStamp() {
  const hash = createHash("sha256").update(process.versions.modules + process.platform + process.arch);
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", ...manifests()]) {
    hash.update(`\0${file}\0${read(path.join(root, file))}`);
  }
  return hash.digest("hex");
}

function manifests() {
  return ["apps", "packages"].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder))
      .sort()
      .map((name) => path.join(folder, name, "package.json")),
  );
}

function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
