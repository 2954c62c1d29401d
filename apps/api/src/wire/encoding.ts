// RFC 9110 section 12.5.3: Accept-Encoding.
import { pipeline, type Readable, type Transform } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import Negotiator from "negotiator";

export type Encoding = "br" | "gzip";

// Fast rather than small: what is sent is written while it is read.
const compressors: Readonly<Record<Encoding, () => Transform>> = {
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
  gzip: () => createGzip({ level: 4 }),
};

/** What @types/negotiator does not know yet: which of equally welcome encodings we like best. */
type EncodingNegotiator = {
  encoding(available: readonly string[], options: { preferred: readonly Encoding[] }): string | undefined;
};

const ours: readonly Encoding[] = ["br", "gzip"];

/** The encoding that a client likes best of ours; null = as it is. */
export function encodingOf(accept: string | string[] | undefined): Encoding | null {
  if (accept === undefined) return null;
  const headers = { "accept-encoding": [accept ?? ""].flat().join(",") };
  const negotiator: EncodingNegotiator = new Negotiator({ headers });
  const best = negotiator.encoding([...ours, "identity"], { preferred: ours });
  return ours.find((encoding) => encoding === best) ?? null;
}

/** The stream, compressed; either end that breaks takes the other with it. */
export function encode(body: Readable, encoding: Encoding | null): Readable {
  if (encoding === null) return body;
  // The error reaches whoever reads what comes out.
  return pipeline(body, compressors[encoding](), () => {});
}
