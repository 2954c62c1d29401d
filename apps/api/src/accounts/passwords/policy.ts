import { createDisguises } from "./disguises";
import { isPersonal } from "./personal";

/** Whose password it is to be, as far as it is known. */
export type Owner = { name?: string | undefined; email?: string | undefined };

let common: Promise<ReadonlySet<string>> | null = null;

/** Some 49,000 passwords of published leaks, the most frequent first; read when the first password is set. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"].map((text) => text.toLowerCase())),
  );
  return common;
}

/**
 * Why a password may not be set, as the end of a sentence that begins with it; null where it may (NIST SP 800-63B
 * section 3.1.1.2: a blocklist, and no rules of composition). Its length is in characters.
 */
export async function passwordProblem(password: string, owner: Owner, minLength: number): Promise<string | null> {
  const { length } = [...password];
  if (length < minLength) return `has fewer than ${minLength} characters`;
  if (new Set(password).size < 5) return "repeats too few characters";
  if (isPersonal(password, owner)) return "is made of the name or the email address";
  const list = await commonPasswords();
  const disguised = createDisguises(password).some((text) => list.has(text));
  return disguised ? "is one of the most common passwords, or one in disguise" : null;
}
