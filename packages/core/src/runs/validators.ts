import type { Reading } from "./quarantine";

/** What makes the next GET of one file conditional, when its body was last read in full, and how its last readings went. */
export type Validator = {
  etag?: string | undefined;
  lastModified?: string | undefined;
  readAt: string;
  readings?: readonly Reading[] | undefined;
  /** What the index that named the file said of its body. */
  version?: string | undefined;
};
/** By file name within the feed. */
export type Validators = Readonly<Record<string, Validator>>;

/** The two columns hold one JSON object each, by file name: a feed may have several files. */
export function packValidators(validators: Validators): { etag: string; lastModified: string } {
  const entries = Object.entries(validators);
  return {
    etag: JSON.stringify(
      Object.fromEntries(
        entries.map(([file, { etag, readAt, readings, version }]) => [file, { etag, readAt, readings, version }]),
      ),
    ),
    lastModified: JSON.stringify(Object.fromEntries(entries.map(([file, { lastModified }]) => [file, lastModified]))),
  };
}

export function unpackValidators(etag: string | null, lastModified: string | null): Validators {
  const etags = JSON.parse(etag ?? "{}") as Record<string, Omit<Validator, "lastModified">>;
  const times = JSON.parse(lastModified ?? "{}") as Record<string, string | undefined>;
  return Object.fromEntries(
    Object.entries(etags).map(([file, { etag: tag, readAt, readings, version }]) => [
      file,
      {
        etag: tag,
        lastModified: times[file],
        readAt,
        ...(readings ? { readings } : {}),
        ...(version ? { version } : {}),
      },
    ]),
  );
}
