/** The path to go on to after signing in: only one of this site, never another host's. */
export function safePath(wanted: string | undefined): `/${string}` {
  if (!wanted?.startsWith("/") || /[\\\p{Cc}]/u.test(wanted)) return "/";
  const base = "http://this.invalid";
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : null;
  if (url?.origin !== base || url.pathname.startsWith("//") || url.pathname === "/sign-in") return "/";
  return `/${url.pathname.slice(1)}${url.search}${url.hash}`;
}
