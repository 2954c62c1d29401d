// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { navGroups } from "../lib/page";
import { router } from "./router";

const routes = Object.values(router.routesById);

it("gives every page inside the shell a title", () => {
  const untitled = routes
    .filter(({ id, options }) => id.startsWith("/inside/") && options.component && !options.staticData?.page?.title)
    .map(({ id }) => id);
  expect(untitled).toEqual([]);
});

it("lists in the navigation only pages that an address without parameters opens", () => {
  const listed = routes.filter(({ options }) => options.staticData?.page?.nav);
  expect(listed.map(({ to }) => to).filter((to) => to.includes("$"))).toEqual([]);
  expect(new Set(listed.map(({ options }) => options.staticData?.page?.nav?.group))).toEqual(
    new Set(Object.keys(navGroups)),
  );
});
