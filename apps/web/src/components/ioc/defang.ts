import type { IocType } from "./ioc-labels";

/** How a value of each type is written so that no program makes a link of it; null where none would. */
const defangers = {
  ipv4: defangDots,
  ipv6: (value) => value.replaceAll(":", "[:]"),
  domain: defangDots,
  url: defangUrl,
  md5: null,
  sha1: null,
  sha256: null,
  sha512: null,
  email: (value) => defangDots(value.replaceAll("@", "[@]")),
  cve: null,
  mitre_attack: null,
} as const satisfies Record<IocType, ((value: string) => string) | null>;

/** The value as it can be pasted into a mail or a ticket without becoming a link; a hash or a CVE stays as it is. */
export function defang(type: IocType, value: string): string {
  return defangers[type]?.(value) ?? value;
}

/** Whether `defang` changes values of this type. */
export function canDefang(type: IocType): boolean {
  return defangers[type] !== null;
}

function defangDots(value: string): string {
  return value.replaceAll(".", "[.]");
}

function defangUrl(url: string): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  if (!parts) return defangDots(url);
  const [, scheme = "", host = "", rest = ""] = parts;
  const safeHost = host.startsWith("[") ? host : defangDots(host);
  return `${scheme.replace(/^http/i, "hxxp").replace(/^ftp/i, "fxp")}://${safeHost}${rest}`;
}
