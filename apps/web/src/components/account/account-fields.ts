/** What the server asks of a new account, said before it is sent; it has the last word. */
export const minPasswordLength = 10;

export const passwordHint = `At least ${minPasswordLength} characters. Common passwords and your own name are refused; a passphrase of several words works well.`;

export function checkPassword(value: string): string | null {
  if (value.length < minPasswordLength) return `At least ${minPasswordLength} characters`;
  return value.length > 256 ? "At most 256 characters" : null;
}

export function checkName(value: string): string | null {
  const { length } = value.trim();
  return length === 0 ? "Enter a name" : length > 100 ? "At most 100 characters" : null;
}

export function checkEmail(value: string): string | null {
  return /^[^\s@]+@[^\s@]+$/.test(value.trim()) ? null : "Enter an email address";
}
