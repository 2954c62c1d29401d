// `npm start`: installs, builds and runs everything.
import { pathToFileURL } from "node:url";
import { build, checkNode, cli, install, root } from "./workspace.mjs";

checkNode();
install();
build();
process.chdir(root);
endWithNpm();
// In this very process, so that a signal to it is a signal to the server.
process.argv = [process.argv[0], cli, "serve"];
await import(pathToFileURL(cli).href);

/** npm passes no SIGTERM on: when it is gone, the server drains and ends as if it had got the signal itself. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event !== "start") return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 500);
  watch.unref();
}
