/** TAXII 2.1 section 2.3: the API root under which the collections lie, as a path. */
export const taxiiApiRoot = "/api/taxii2/api/";

/** Whether a URL is one that TAXII clients ask: its errors have TAXII's shape. */
export function isUnderTaxii(url: string): boolean {
  return /^\/(?:api\/)?taxii2(?:[/?]|$)/.test(url);
}

/** Whether answers to a URL show what is left of a rate limit, errors too. */
export function showsLimits(url: string): boolean {
  return /^\/(?:api\/v1|mcp)(?:[/?]|$)/.test(url) || isUnderTaxii(url);
}
