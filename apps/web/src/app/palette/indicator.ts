/** So long a value may be for the palette to ask about it; the look-up page takes longer ones. */
const longest = 2_048;

/**
 * Whether what was typed or pasted is like an indicator, so that it is worth asking the server about: a CVE, a
 * technique, a hash, an address, a domain, a URL or an e-mail address, defanged or not. Words are not.
 */
export function isLikeIndicator(text: string): boolean {
  const value = text.trim();
  if (value.length < 4 || value.length > longest || /\s/.test(value)) return false;
  if (/^cve-\d{4}-\d{4,}$/i.test(value) || /^t\d{4}(\.\d{3})?$/i.test(value)) return true;
  if (/^[0-9a-f]+$/i.test(value)) return [32, 40, 64, 128].includes(value.length);
  if (/^[0-9a-f:]+(\/\d+)?$/i.test(value)) return value.split(":").length > 3 || value.includes("::");
  return /[^.[\](){}]([.]|[[({]\.[\])}]|[[({]dot[\])}])[^.[\](){}]/i.test(value);
}
