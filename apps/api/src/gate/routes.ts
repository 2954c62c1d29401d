import type { FastifyInstance, RouteOptions } from "fastify";
import type { RouteTable } from "../wire/request";

type Template = { segments: string[]; methods: Set<string>; byKey: boolean };

/** Collects every route: one without an access cannot be, and a wrong method can be told from a wrong path. */
export function watchRoutes(app: FastifyInstance): RouteTable {
  const unguarded: string[] = [];
  const templates = new Map<string, Template>();
  app.addHook("onRoute", (route: RouteOptions) => {
    const methods = [route.method].flat();
    if (!route.config?.access) unguarded.push(`${methods.join(",")} ${route.url}`);
    const template = templates.get(route.url) ?? { segments: route.url.split("/"), methods: new Set(), byKey: false };
    template.byKey ||= route.config?.access?.by === "key";
    for (const method of methods) template.methods.add(method);
    templates.set(route.url, template);
  });
  app.addHook("onReady", async () => {
    if (unguarded.length > 0) throw new Error(`routes without config.access: ${unguarded.join("; ")}`);
  });
  const found = (path: string) => {
    const segments = path.split("/");
    return [...templates.values()].filter((template) => matches(template.segments, segments));
  };
  return {
    list: () => [...templates].flatMap(([url, { methods }]) => [...methods].map((method) => ({ method, url }))),
    allowedMethods: (path) => [...new Set(found(path).flatMap(({ methods }) => [...methods]))].sort(),
    isByKey: (path) => found(path).some(({ byKey }) => byKey),
  };
}

function matches(template: string[], path: string[]): boolean {
  if (template.at(-1) !== "*" && template.length !== path.length) return false;
  return template.every((part, i) => part === "*" || part === path[i] || (part.startsWith(":") && !!path[i]));
}
