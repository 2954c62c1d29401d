/** The path under which an instance is reached: `/tocsin` of `https://host/tocsin`, nothing at the root of a host. */
export function basePathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, "");
}

/** A target without the base path, which some proxies pass on and others take off; one that has none is as it was. */
export function withoutBase(target: string, base: string): string {
  if (base === "" || !target.startsWith(base)) return target;
  const rest = target.slice(base.length);
  if (rest === "" || rest.startsWith("?")) return `/${rest}`;
  return rest.startsWith("/") ? rest : target;
}
