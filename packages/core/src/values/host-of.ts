/** The host of a normalised URL or e-mail address, without port and brackets; null of any other value. */
export function hostOf(value: string): string | null {
  const authority = /^[a-z]+:\/\/([^/?#\\]*)/.exec(value)?.[1];
  if (authority === undefined) return value.includes("@") ? value.slice(value.lastIndexOf("@") + 1) : null;
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return host.startsWith("[") ? host.slice(1, host.indexOf("]")) : host.replace(/:[0-9]*$/, "");
}

/** The host of any URL as a name or an address: without brackets, and without the dot at its end. */
export function hostOfUrl(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}
