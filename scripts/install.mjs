// Installs what the lock file names.
import { checkNode, install } from "./workspace.mjs";

checkNode();
install();
