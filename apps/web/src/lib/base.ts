/** The path under which this instance is reached, as the server wrote it into the page: "" at the root of a host. */
export const basePath = typeof document === "undefined" ? "" : (document.documentElement.dataset.base ?? "");

/** The address that every path of this instance follows. */
export const instanceUrl = typeof window === "undefined" ? "" : `${window.location.origin}${basePath}`;

/** A path of this instance as the browser asks for it. */
export function atBase(path: `/${string}`): string {
  return `${basePath}${path}`;
}
