// RFC 9110 section 12.5.3: Accept-Encoding.
import { pipeline, type Readable, type Transform } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";

export type Encoding = "br" | "gzip";

// Fast rather than small: what is sent is written while it is read.
const compressors: Readonly<Record<Encoding, () => Transform>> = {
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
  gzip: () => createGzip({ level: 4 }),
};

/** The encoding that a client likes best of ours; null = as it is. */
export function encodingOf(accept: string | string[] | undefined): Encoding | null {
  const weights = new Map<string, number>();
  for (const part of [accept ?? ""].flat().join(",").split(",")) {
    const [name = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const weight = parameters.find((text) => text.startsWith("q="));
    if (name !== "") weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0);
  }
  const of = (name: Encoding) => weights.get(name) ?? weights.get("*") ?? 0;
  const [br, gzip, identity] = [of("br"), of("gzip"), weights.get("identity") ?? 0];
  if (Math.max(br, gzip) === 0 || identity > Math.max(br, gzip)) return null;
  return br >= gzip ? "br" : "gzip";
}

/** The stream, compressed; either end that breaks takes the other with it. */
export function encode(body: Readable, encoding: Encoding | null): Readable {
  if (encoding === null) return body;
  // The error reaches whoever reads what comes out.
  return pipeline(body, compressors[encoding](), () => {});
}
