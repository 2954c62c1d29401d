/**
 * A URL as its client asks for it, which is what engines compare: without credentials and fragment, and with a slash
 * where there is no path (RFC 9110 §4.2.3 and §7.1; RFC 3986 §6.2.3). Of schemes that know no path it is as written.
 */
export function requestUrl(url: string): string {
  const parts = /^((?:https?|ftps?|wss?):\/\/)([^/?#\\]*)([^#]*)/.exec(url);
  if (!parts) return url;
  const [, scheme = "", authority = "", rest = ""] = parts;
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return `${scheme}${host}/${rest.replace(/^[/\\]/, "")}`;
}

/** The forms in which logs hold a URL: as written, as asked for, and of a bare host without its slash, each once. */
export function loggedUrls(url: string): string[] {
  const asked = requestUrl(url);
  const bareHost = /^[a-z]+:\/\/[^/]+(?=\/$)/.exec(asked)?.[0];
  return [...new Set([url, asked, bareHost ?? asked])];
}
