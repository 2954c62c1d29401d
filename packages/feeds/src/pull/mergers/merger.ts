import type { QuarantinedFile, Validator } from "@tocsin/core/runs";
import type { FeedKind } from "../../definition/feed";
import type { ReadState } from "../../definition/layout";
import type { Body } from "../origin";
import type { Pull } from "../pull";

/** One file of a feed, whose body is in the spool. */
export type SpooledFile = {
  name: string;
  key: string;
  body: Body;
  /** A folder for what else is fetched on the way. */
  spoolDir: string;
  /** A repository's tree names it. */
  isOfTree: boolean;
};

/** What became of a file: nothing of it was merged and it waits for an operator, or all of it was. */
export type Merged =
  | { quarantined: QuarantinedFile }
  | {
      quarantined: null;
      /** Its readings with this one, where files of this kind are compared with their past. */
      readings?: Validator["readings"];
      /** Files that it names. */
      more?: ReadState["more"];
      /** They are those of a repository. */
      isTree?: true | undefined;
    };

/**
 * Reads the body of a feed of one kind and keeps what it says, counting into the pull's tally as it goes. Throws
 * `BodyError` for a body of which nothing is to be kept.
 */
export type Merger<Kind extends FeedKind> = (pull: Pull<Kind>, file: SpooledFile) => Promise<Merged>;
