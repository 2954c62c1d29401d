/** Fewer letters say nothing about anybody. */
const least = 4;

/**
 * Whether a password is little more than the person's name or e-mail address: without its parts, digits and signs, fewer
 * than four letters are left.
 */
export function isPersonal(
  password: string,
  { name = "", email = "" }: { name?: string | undefined; email?: string | undefined },
): boolean {
  const parts = [...new Set(wordsOf(`${name} ${email}`))].sort((a, b) => b.length - a.length).slice(0, 20);
  const plain = password.toLowerCase();
  const rest = parts.reduce((text, part) => text.replaceAll(part, " "), plain);
  return rest !== plain && rest.replace(/[^\p{L}]+/gu, "").length < least;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= least - 1);
}
