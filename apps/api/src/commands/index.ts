import { auditCommand } from "./audit";
import type { Command } from "./command";
import { demoCommand } from "./demo";
import { doctorCommand } from "./doctor";
import { feedsCommand } from "./feeds";
import { ingestCommand } from "./ingest";
import { keysCommand } from "./keys";
import { setupLinkCommand } from "./setup-link";
import { usersCommand } from "./users";

/** The commands that work on an open database; serve, worker and migrate open it themselves (run-program.ts). */
export const commands: Record<string, Command> = {
  feeds: feedsCommand,
  ingest: ingestCommand,
  keys: keysCommand,
  users: usersCommand,
  audit: auditCommand,
  demo: demoCommand,
  doctor: doctorCommand,
  "setup-link": setupLinkCommand,
};
