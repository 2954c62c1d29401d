// `npm start`: installs, builds and runs everything.
import { pathToFileURL } from "node:url";
import { endWithNpm } from "./end-with-npm.mjs";
import { build, checkNode, cli, install, root } from "./workspace.mjs";

checkNode();
install();
build();
process.chdir(root);
if (process.env.npm_lifecycle_event === "start") endWithNpm();
// In this very process, so that a signal to it is a signal to the server.
process.argv = [process.argv[0], cli, "serve"];
await import(pathToFileURL(cli).href);
