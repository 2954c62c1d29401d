// `npm run build`, `generate`, `types`: installs, then runs the tasks of that name in every package. Turbo looks for pnpm
// on the path, where the pinned one puts itself.
import { checkNode, install, pnpm } from "./workspace.mjs";

checkNode();
install();
process.exit(pnpm(["exec", "turbo", "run", ...process.argv.slice(2)]));
