// `npm start`: installs, builds and runs everything.
import { pathToFileURL } from "node:url";
import { build, checkNode, cli, install, root } from "./workspace.mjs";

checkNode();
install();
build();
process.chdir(root);
// In this very process, so that a signal to it is a signal to the server.
process.argv = [process.argv[0], cli, "serve"];
await import(pathToFileURL(cli).href);
