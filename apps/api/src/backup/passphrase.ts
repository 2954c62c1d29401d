import type { Terminal } from "../process/terminal";
import { BackupError } from "./backup-error";

/** Characters of a passphrase at least: whoever has the file may try as many as they like. */
const shortest = 12;

/** For a new backup: from the setting, else typed twice; null where nobody asked for encryption. */
export async function newPassphrase(
  given: string | undefined,
  wanted: boolean,
  { askSecret }: Terminal,
): Promise<string | null> {
  if (given !== undefined) return given;
  if (!wanted) return null;
  if (!askSecret) throw required();
  const typed = await askSecret("Passphrase of the new backup: ");
  if (typed.length < shortest)
    throw new BackupError("passphrase_required", `A passphrase has at least ${shortest} characters.`);
  if ((await askSecret("The same again: ")) !== typed)
    throw new BackupError("wrong_passphrase", "The two passphrases differ.");
  return typed;
}

/** For a backup that is encrypted. */
export async function knownPassphrase(given: string | undefined, { askSecret }: Terminal): Promise<string> {
  if (given !== undefined) return given;
  if (!askSecret) throw required();
  return askSecret("Passphrase of this backup: ");
}

function required(): BackupError {
  return new BackupError(
    "passphrase_required",
    "Set TOCSIN_BACKUP_PASSPHRASE, or run this on a terminal to be asked for the passphrase.",
  );
}
