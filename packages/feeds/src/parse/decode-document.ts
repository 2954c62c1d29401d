// XML 1.0 appendix F, HTML §13.2.3.2: how the encoding of a document is found.

/**
 * The text of a whole document: as its byte order mark says, else its Content-Type, else as it declares itself, else
 * UTF-8, else windows-1252, in which everything is something; without the mark, with `\n` for every line end.
 */
export function decodeDocument(bytes: Uint8Array, contentType = ""): string {
  const label = markOf(bytes) ?? /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType)?.[1] ?? declaredIn(bytes);
  const text = (label && decodeAs(label, bytes)) ?? decodeAs("utf-8", bytes) ?? decodeAs(westernEuropean, bytes) ?? "";
  return text.replace(/\r\n?/g, "\n");
}

function markOf(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (a === 0xef && b === 0xbb) return "utf-8";
  if (a === 0x3c && b === 0 && d === 0) return "utf-16le";
  return a === 0 && b === 0x3c && c === 0 ? "utf-16be" : null;
}

function declaredIn(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString("latin1");
  const declared =
    /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head) ??
    /<meta\s[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head);
  return declared?.[1] ?? null;
}

const westernEuropean = "windows-1252";
/** What windows-1252 has from 0x80 to 0x9f. Node's decoder gives control characters there in some of its releases. */
const c1 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** null where the bytes are not of that encoding, or it is not known. */
function decodeAs(label: string, bytes: Uint8Array): string | null {
  // A document that is read as single bytes is not in UTF-16, whatever it says.
  if (/^utf-?16/i.test(label) && bytes[0] === 0x3c && bytes[1] !== 0) return null;
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    const text = decoder.decode(bytes);
    if (decoder.encoding !== westernEuropean) return text;
    return text.replace(/[\u0080-\u009f]/g, (character) => c1.charAt(character.charCodeAt(0) - 0x80));
  } catch {
    return null;
  }
}
