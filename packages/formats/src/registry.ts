import type { Format } from "@tocsin/core/access";
import { csv } from "./csv/csv";
import type { DocumentFormat } from "./format";
import { txt } from "./txt/txt";

/** Every format that a document of IOCs can be written in, by the name that requests give it. */
export const documentFormats = { csv, txt } as const satisfies {
  readonly [Id in Format]?: DocumentFormat & { id: Id };
};

export type DocumentFormatId = keyof typeof documentFormats;
