// RFC 9110 section 12.5.1: Accept. TAXII reads its own (taxii/media-type): its version decides and other parameters do not.
import { AppError } from "@tocsin/core/errors";
import Negotiator from "negotiator";

/** Of the header, in characters; browsers send 200. The negotiator takes time by the square of what follows a quote. */
const longest = 1_024;

/**
 * The offer that a client likes best, the first of equals; null where it takes none of them. Weights alone count of the
 * parameters: a client that adds `charset` or a word of its own, as `odata`, is answered with the type it names.
 */
export function preferredType<Type extends string>(accept: string | undefined, offers: readonly Type[]): Type | null {
  const weighed = ((accept ?? "").slice(0, longest) || "*/*").replace(/;(?!\s*q\s*=)[^;,]*/gi, "");
  const best = new Negotiator({ headers: { accept: weighed } }).mediaType(offers.map(withoutParameters));
  return offers.find((offer) => withoutParameters(offer) === best) ?? null;
}

const json = "application/json; charset=utf-8";
// A browser that asks for a page is shown JSON.
const page = "text/html; charset=utf-8";

/** Which format an Accept header asks for, by the formats' content types; null for JSON. Throws `not_acceptable`. */
export function formatByAccept<Format extends string>(
  accept: string | undefined,
  contentTypes: Readonly<Record<Format, string>>,
): Format | null {
  const formats = Object.keys(contentTypes) as Format[];
  const best = preferredType(accept, [json, page, ...formats.map((format) => contentTypes[format])]);
  if (best === null) {
    const available = [json, ...formats.map((format) => contentTypes[format])].map(withoutParameters);
    throw new AppError("not_acceptable", { details: { available } });
  }
  return formats.find((format) => contentTypes[format] === best) ?? null;
}

function withoutParameters(contentType: string): string {
  return contentType.split(";", 1)[0] ?? contentType;
}
