// XML 1.0 sections 2.2 (characters) and 2.4 (markup).

/** Text as the content of an element or an attribute in double quotes; what XML cannot hold is dropped. */
export function xmlText(text: string): string {
  return text.replace(forbidden, "").replace(/[&<>"\t\n\r]/g, (character) => references[character] ?? "");
}

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // Otherwise a parser makes spaces of them in an attribute, and a line feed of a carriage return.
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that XML has no way to write
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
