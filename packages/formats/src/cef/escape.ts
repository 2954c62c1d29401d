// Common Event Format (ArcSight implementation standard), sections on character encoding; RFC 5424 section 6.3.3.
import { oneLine } from "../summary";

/** A header field: `|` and `\` escaped, and no line break, for which a header has no escape. */
export function cefHeader(text: string): string {
  return oneLine(text).replace(/[\\|]/g, "\\$&");
}

/** An extension's value: `\` and `=` escaped, line breaks written as `\n` and `\r`; a trailing space would be lost. */
export function cefValue(text: string): string {
  return text.replace(/[\\=]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
}

/** The value of a parameter of structured data: quote, backslash and closing bracket escaped. */
export function syslogParam(text: string): string {
  return text.replace(/["\\\]]/g, "\\$&");
}

/** A name in a syslog header: printable ASCII without spaces, at most so many characters, `-` for nothing. */
export function syslogName(text: string, most: number): string {
  return text.replace(/[^\u0021-\u007e]+/g, "_").slice(0, most) || "-";
}
