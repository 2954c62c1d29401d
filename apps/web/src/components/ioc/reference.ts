/** The address of a reference where it may be followed: a web page, and not on the host that the IOC itself names. */
export function safeReference(
  reference: string | null | undefined,
  value: string,
): { href: string; host: string } | null {
  const page = reference ? webAddress(reference) : null;
  if (!page) return null;
  const suspect = suspectHost(value);
  if (suspect !== null && (page.hostname === suspect || page.hostname.endsWith(`.${suspect}`))) return null;
  return { href: page.href, host: page.hostname };
}

function webAddress(text: string): URL | null {
  const url = parse(text);
  return url && (url.protocol === "https:" || url.protocol === "http:") ? url : null;
}

/** The host that an IOC of any type names, as a browser reads it. */
function suspectHost(value: string): string | null {
  const url = value.includes("://") ? parse(value) : parse(`http://${value.split("@").at(-1) ?? ""}`);
  return url?.hostname || null;
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
