import { MantineProvider } from "@mantine/core";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { cssVariables, theme } from "../components/ui/theme";

/** Renders as the app does, without transitions, which have no time in a test. */
export function show(children: ReactNode) {
  return render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      {children}
    </MantineProvider>,
  );
}

/** The same within a router, for what reads the address; the route is the root of a memory. */
export async function showRouted(children: ReactNode) {
  const router = createRouter({
    routeTree: createRootRoute({ component: () => children }),
    history: createMemoryHistory(),
    scrollRestoration: true,
  });
  await router.load();
  // The type of the app's own router is the registered one.
  return show(<RouterProvider router={router as never} />);
}
