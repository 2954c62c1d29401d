const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  shy: "",
  period: ".",
  colon: ":",
  commat: "@",
  sol: "/",
  lowbar: "_",
  lsqb: "[",
  rsqb: "]",
  lbrack: "[",
  rbrack: "]",
  lpar: "(",
  rpar: ")",
};
const reference = new RegExp(`&(?:#([0-9]{2,7})|#x([0-9a-f]{2,6})|(${Object.keys(named).join("|")}));`, "gi");

/** A text of Markdown with its character references read: pages show a dot that is written as one. */
export function decodeReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(reference, (written: string, decimal?: string, hex?: string, name = "") => {
    const known = named[name.toLowerCase()];
    if (known !== undefined) return known;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code >= 0x20 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
}
