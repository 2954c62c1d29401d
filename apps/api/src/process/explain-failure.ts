import { AppError } from "@tocsin/core/errors";
import { DataLockedError } from "./data-lock";

type SystemError = NodeJS.ErrnoException & { address?: string; port?: number };

/** By the code of the system, or of PostgreSQL: the setting to look at, and what is wrong there. */
const explanations: Readonly<Record<string, (error: SystemError) => string>> = {
  EEXIST: noFolder,
  ENOTDIR: noFolder,
  EROFS: ({ path }) => `TOCSIN_DATA_DIR: ${path} lies on a disk that may only be read. Choose another folder.`,
  EADDRINUSE: ({ address, port }) => `PORT: ${address}:${port} is taken by another program. Choose another PORT.`,
  ENOSPC: ({ path }) => `The disk${path ? ` of ${path}` : ""} is full. Make room and start again.`,
  EDQUOT: ({ path }) => `The quota${path ? ` at ${path}` : ""} is used up. Make room and start again.`,
  "53100": () => "DATABASE_URL: the disk of the server is full. Make room and start again.",
  EACCES: (error) =>
    error.port === undefined
      ? `TOCSIN_DATA_DIR: this user may not write to ${error.path}. Choose another folder, or give it to this user.`
      : `PORT: this user may not listen on ${error.port}. Choose a port above 1023.`,
  ECONNREFUSED: unreachable,
  ENOTFOUND: unreachable,
  "28P01": () => refused,
  "28000": () => refused,
  "3D000": () => "DATABASE_URL: there is no such database on the server",
};

/** Errors whose message is meant for operators. */
const explained = new Set([
  "BackupError",
  "CertificateError",
  "ListenError",
  "DatabaseNewerError",
  "DumpDamagedError",
  "DumpNewerError",
  "ForeignTablesError",
  "MigrationEditedError",
  "StorageFullError",
]);

/** One line for what an operator can mend; the stack only of what nobody foresaw. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Such as TOCSIN_FEEDS with an id that no feed has.
  if (error instanceof AppError || error instanceof DataLockedError || explained.has(error.name)) return error.message;
  return explanations[(error as SystemError).code ?? ""]?.(error) ?? stackOf(error);
}

function noFolder({ path }: SystemError): string {
  return `TOCSIN_DATA_DIR: ${path} is a file, and a folder is needed. Choose another one.`;
}

function unreachable({ message, code }: SystemError): string {
  return `DATABASE_URL: the server does not answer (${message || code})`;
}

const refused = "DATABASE_URL: the server refuses this user or password";

function stackOf({ stack, message }: Error): string {
  return stack ?? message;
}
