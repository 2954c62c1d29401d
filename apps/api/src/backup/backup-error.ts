/** Why there is no backup, or nothing was restored from one; `code` is for programs. */
export class BackupError extends Error {
  constructor(
    readonly code:
      | "backup_exists"
      | "backup_damaged"
      | "passphrase_required"
      | "wrong_passphrase"
      | "no_backup"
      | "no_folder"
      | "no_database"
      | "database_in_use"
      | "not_empty",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "BackupError";
  }
}
