import { createRouter } from "@tanstack/react-router";
import { basePath } from "../lib/base";
import { PageError } from "./page-error";
import { PagePending } from "./page-pending";
import { inside, pages, publicPages, root, settings, settingsPages } from "./pages";

const routeTree = root.addChildren({
  ...publicPages,
  inside: inside.addChildren({ ...pages, settings: settings.addChildren(settingsPages) }),
});

export const router = createRouter({
  routeTree,
  basepath: basePath || "/",
  defaultPreload: "intent",
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageError,
  scrollRestoration: true,
  // What a page's validator drops is gone, so that a mangled link still opens the page.
  search: { strict: true },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
