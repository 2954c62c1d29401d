/**
 * The text of a body: UTF-8, or UTF-16 where a byte order mark says so; without the mark, with `\n` for every line
 * end, and U+FFFD for what does not decode.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let head: Uint8Array | null = new Uint8Array(0);
  let decoder = new TextDecoder();
  let held = "";
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (head !== null) {
      bytes = Buffer.concat([head, chunk]);
      head = bytes.length < 2 ? bytes : null;
      if (head !== null) continue;
      decoder = new TextDecoder(encodingOf(bytes));
    }
    const text = held + decoder.decode(bytes, { stream: true });
    // The `\n` of a CRLF may be in the next chunk.
    held = text.endsWith("\r") ? "\r" : "";
    const whole = held === "" ? text : text.slice(0, -1);
    if (whole !== "") yield whole.includes("\r") ? whole.replace(/\r\n?/g, "\n") : whole;
  }
  const rest = held + decoder.decode(head ?? new Uint8Array(0));
  if (rest !== "") yield rest.replace(/\r\n?/g, "\n");
}

/** The first lines of a head, for `Layout.fits`. */
export function headLines(head: string): string[] {
  return head
    .replace(/^[\s\ufeff]+/, "")
    .split(/\r\n?|\n/, 300)
    .map((line) => line.trim());
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
}
