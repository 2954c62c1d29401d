import type { ArticleDraft } from "@tocsin/core/articles";
import type { Observation, Tlp } from "@tocsin/core/values";

/** One record of a body: what it says, or why it says nothing. Lines count from 1. `red`: values left out as TLP:RED. */
export type Parsed = { line: number; observations: readonly Observation[]; text: string; red?: number } | BadRecord;

export type BadRecord = { line: number; problem: string; text: string };

/** One item of a body of news. */
export type ParsedArticle = { line: number; article: ArticleDraft; text: string } | BadRecord;

/** What a reader reports beside its records. */
export type ReadState = {
  /** Lines read so far. */
  lines: number;
  /** Records that their source has taken back; they are passed over. */
  revoked?: number;
  /** The ids of those, and of what is no longer meant for detection: what they said before ends. */
  revokedRecords?: Set<string>;
  /** TLP labels that stand elsewhere in the body than in the record that has them; a second reading knows them at once. */
  labels?: Labels;
  /** When the document was published, as it says itself; what has no time of its own in it is of that day. */
  dated?: Date | undefined;
  /** Why the body seems to end before its end; such a body is not merged. */
  cut?: string;
  /** What an index says is part of the feed, to be pulled after it. Its addresses are made here, not by the body. */
  more?: readonly NamedFile[];
  /** What it lists may be thousands of files: a pull takes some of them, the next ones the others. */
  isTree?: true;
  /** The name of the file that is read, with its folders. */
  file?: string;
};

/** A file that an index names; `version` is another where its body is. */
export type NamedFile = {
  name: string;
  url: string;
  headers?: Readonly<Record<string, string>>;
  version?: string;
};

export type Labels = {
  /** Of the document as a whole. */
  whole: Tlp | null;
  /** Of STIX markings that the body defines itself, by their ids. */
  markings: Map<string, Tlp>;
};

/**
 * One format of one vendor. `fits` looks at the first 64 KB of text. `read` gives records in groups, one a chunk, and
 * keeps `state`; it never throws for what a body holds, except for `BodyError`.
 */
export type Layout<Row extends Parsed | ParsedArticle = Parsed> = {
  name: string;
  fits: (head: string) => boolean;
  read: (chunks: AsyncIterable<Uint8Array>, state: ReadState) => AsyncIterable<readonly Row[]>;
};

export type NewsLayout = Layout<ParsedArticle>;

/** A body that is not what the feed publishes; its message is fit for a run record. */
export class BodyError extends Error {
  override readonly name = "BodyError";
}
