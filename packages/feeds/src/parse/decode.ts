/**
 * The text of a body: UTF-8, or UTF-16 where a byte order mark says so; without the mark, with `\n` for every line
 * end, and U+FFFD for what does not decode.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let carry = "";
  for await (const bytes of fromSecondByte(chunks)) {
    decoder ??= new TextDecoder(encodingOf(bytes));
    const text: string = carry + decoder.decode(bytes, { stream: true });
    // The `\n` of a CRLF may be in the next chunk.
    carry = text.endsWith("\r") ? "\r" : "";
    const whole = carry === "" ? text : text.slice(0, -1);
    if (whole !== "") yield withLineFeeds(whole);
  }
  const rest = carry + (decoder?.decode() ?? "");
  if (rest !== "") yield withLineFeeds(rest);
}

/** The same bytes; the first chunk has two of them at least, unless there is but one. */
async function* fromSecondByte(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes: Uint8Array = head === null ? chunk : Buffer.concat([head, chunk]);
    head = head !== null && bytes.length < 2 ? bytes : null;
    if (head === null) yield bytes;
  }
  if (head !== null && head.length > 0) yield head;
}

function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
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
