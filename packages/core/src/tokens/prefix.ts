/** How management tokens begin where keys begin with `keyPrefix`: `sk_live_` makes `sk_manage_`. Never the same. */
export function managePrefixOf(keyPrefix: string): string {
  const words = keyPrefix.split("_").filter(Boolean);
  const brand = words.length > 1 ? words.slice(0, -1) : words;
  const prefix = `${[...brand, "manage"].join("_")}_`;
  return prefix === keyPrefix ? `${keyPrefix}manage_` : prefix;
}
