// `npm run -s tocsin -- <command>`: the command line, built first where it is not.
import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { build, checkNode, cli, install, root } from "./workspace.mjs";

checkNode();
if (!fs.existsSync(cli)) {
  // Standard output belongs to the command.
  console.log = console.error;
  install();
  build();
}
process.chdir(root);
process.argv = [process.argv[0], cli, ...process.argv.slice(2)];
await import(pathToFileURL(cli).href);
