import { createSetupLink, isSetupNeeded } from "../accounts/setup";
import { type Command, readArgs } from "./command";

/** `setup-link`: a new one-time link for the first account. */
export const setupLinkCommand: Command = {
  usage: "setup-link",
  summary: "print a new one-time link for the first account",
  run: async ({ deps, terminal, json, args }) => {
    readArgs(args, {});
    if (!(await isSetupNeeded(deps))) {
      const message = "This instance is set up already: sign in.";
      if (json) terminal.out(`${JSON.stringify({ error: { code: "setup_done", message } })}\n`);
      else terminal.err(`${message}\n`);
      return 1;
    }
    const url = await createSetupLink(deps);
    terminal.out(json ? `${JSON.stringify({ url, expires_in_seconds: 1800 })}\n` : `${url}\n`);
    return 0;
  },
};
