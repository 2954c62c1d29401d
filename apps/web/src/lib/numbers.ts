/** 1234567 as the reader's locale writes it. */
export function count(value: number, locale?: string): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** 1234567 as "1.2M". */
export function shortCount(value: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** "1 key", "2 keys". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** 999 as "999 bytes", 1536000 as "1.5 MB". */
export function byteSize(value: number, locale?: string): string {
  if (value < 1_000) return plural(value, "byte");
  const [amount, unit] = value < 1_000_000 ? [value / 1_000, "kilobyte"] : [value / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}
