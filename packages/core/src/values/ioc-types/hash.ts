import { accept, type IocTypeEntry, kinds, refuse } from "./entry";

/** A type of file hash of so many hexadecimal digits. */
function hash(name: string, label: string, length: number): IocTypeEntry {
  const fits = (text: string) => text.length === length && /^[0-9a-f]+$/i.test(text);
  return {
    label,
    inWords: "MD5, SHA-1, SHA-256 or SHA-512 hash",
    example: "01234567".repeat(length / 8),
    detection: { turn: 1, fits },
    normalise: (raw) => {
      if (!fits(raw)) return refuse(`not a ${name} hash: it has ${length} hexadecimal digits`);
      return /^(?:0+|f+)$/i.test(raw)
        ? refuse("all its digits are the same: no file has it")
        : accept(raw.toLowerCase());
    },
    defang: null,
    nature: "artefact",
    changesHands: false,
    random: true,
    // A hash means the same file always.
    lifetimeDays: 730,
    recency: [
      { withinDays: 30, points: 20 },
      { withinDays: 180, points: 15 },
      { withinDays: 365, points: 10 },
      { withinDays: 730, points: 5 },
    ],
    kindOf: () => kinds.hash,
  };
}

export const md5 = hash("md5", "MD5", 32);
export const sha1 = hash("sha1", "SHA-1", 40);
export const sha256 = hash("sha256", "SHA-256", 64);
export const sha512 = hash("sha512", "SHA-512", 128);
