import fs from "node:fs";
import { createSecureContext } from "node:tls";

/** Files in PEM: the certificate with its chain, and its private key. */
export type CertificateFiles = { readonly cert: string; readonly key: string };
type Pem = { cert: Buffer; key: Buffer };

/** A certificate that cannot be used: one line that names the setting. */
export class CertificateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CertificateError";
  }
}

/** Reads both files and tries them together. Throws CertificateError. */
export function readCertificate(files: CertificateFiles): Pem {
  const pem = { cert: readFile("TLS_CERT", files.cert), key: readFile("TLS_KEY", files.key) };
  try {
    createSecureContext(pem);
  } catch (error) {
    throw new CertificateError(
      `TLS_CERT, TLS_KEY: ${files.cert} and ${files.key} are no certificate and its key in PEM (${messageOf(error)})`,
    );
  }
  return pem;
}

function readFile(name: string, file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw new CertificateError(`${name}: ${file} cannot be read (${messageOf(error)})`);
  }
}

type Target = { setSecureContext: (pem: Pem) => void };
type Log = { info: (message: string) => void; error: (message: string) => void };

/**
 * Gives new connections the certificate as it is on disk now, when the files change and on SIGHUP. While it cannot be
 * used, the one before stays.
 */
export function followCertificate(
  files: CertificateFiles,
  target: Target,
  log: Log,
  everyMs = 60_000,
): { stop: () => void; check: () => void } {
  let known = stampOf(files);
  const reload = () => {
    known = stampOf(files);
    try {
      target.setSecureContext(readCertificate(files));
      log.info("the TLS certificate was read again");
    } catch (error) {
      log.error(`the TLS certificate stays as it was: ${messageOf(error)}`);
    }
  };
  const check = () => {
    if (stampOf(files) !== known) reload();
  };
  const timer = setInterval(check, everyMs).unref();
  process.on("SIGHUP", reload);
  return {
    check,
    stop: () => {
      clearInterval(timer);
      process.off("SIGHUP", reload);
    },
  };
}

function stampOf(files: CertificateFiles): string {
  return [files.cert, files.key]
    .map((file) => {
      const stat = fs.statSync(file, { throwIfNoEntry: false });
      return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : "none";
    })
    .join(" ");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
