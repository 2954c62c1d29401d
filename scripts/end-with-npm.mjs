import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** npm passes no SIGTERM on: when it is gone, this process ends as if it had got the signal itself. */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = parentOf(process.ppid);
  // npm runs its scripts in a shell, which some shells replace by the command and others do not.
  const npm = parent && /^(?:ba|da|z)?sh$/.test(parent.name) ? parent.ppid : process.ppid;
  if (npm <= 1) return;
  const watch = setInterval(() => {
    if (isAlive(npm)) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 500);
  watch.unref();
}

/** A process's name and its own parent; null where nothing tells. */
function parentOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    const end = stat.lastIndexOf(")");
    return { name: stat.slice(stat.indexOf("(") + 1, end), ppid: Number(stat.slice(end + 2).split(" ")[1]) };
  } catch {
    const { stdout } = spawnSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" });
    const [, ppid, name] = /^\s*(\d+)\s+(\S+)/.exec(stdout ?? "") ?? [];
    return ppid && name ? { name: path.basename(name), ppid: Number(ppid) } : null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== "ESRCH";
  }
}
