/** The value as it can be pasted into a mail or a ticket without becoming a link; a hash or a CVE stays as it is. */
export function defang(type: string, value: string): string {
  if (type === "url") return defangUrl(value);
  if (type === "ipv6") return value.replaceAll(":", "[:]");
  if (type === "ipv4" || type === "domain") return value.replaceAll(".", "[.]");
  if (type === "email") return value.replaceAll("@", "[@]").replaceAll(".", "[.]");
  return value;
}

/** Whether `defang` changes values of this type. */
export function canDefang(type: string): boolean {
  return ["url", "ipv4", "ipv6", "domain", "email"].includes(type);
}

function defangUrl(url: string): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  if (!parts) return url.replaceAll(".", "[.]");
  const [, scheme = "", host = "", rest = ""] = parts;
  const safeHost = host.startsWith("[") ? host : host.replaceAll(".", "[.]");
  return `${scheme.replace(/^http/i, "hxxp").replace(/^ftp/i, "fxp")}://${safeHost}${rest}`;
}
