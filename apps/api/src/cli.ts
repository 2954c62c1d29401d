#!/usr/bin/env node
import fs from "node:fs";
import { processTerminal } from "./process/terminal";
import { runProgram } from "./run-program";

process.exitCode = await runProgram(process.argv.slice(2), {
  terminal: processTerminal(),
  readEnv: () => {
    if (fs.existsSync(".env")) process.loadEnvFile(".env");
    return process.env;
  },
});
// Whatever a library keeps open must not keep a finished command waiting.
if (process.exitCode !== undefined) process.exit();
