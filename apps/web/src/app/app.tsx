import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { cssVariables, theme } from "../components/ui/theme";
import { queryClient } from "../lib/query-client";
import { router } from "./router";
import { SessionEnd } from "./session-end";

// What is shown before it has come waits in its store.
const Notifications = lazy(() =>
  import("@mantine/notifications").then((module) => ({ default: module.Notifications })),
);

const colorSchemeManager = localStorageColorSchemeManager({ key: "tocsin-color-scheme" });

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <SessionEnd />
        <Suspense>
          <Notifications position="bottom-right" containerWidth={400} />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}
