import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { cssVariables, theme } from "../components/ui/theme";
import { endSession, queryClient, sessionEvents } from "../lib/query-client";
import { inside } from "./pages";
import { router } from "./router";

// What is shown before it has come waits in its store.
const Notifications = lazy(() =>
  import("@mantine/notifications").then((module) => ({ default: module.Notifications })),
);

const colorSchemeManager = localStorageColorSchemeManager({ key: "tocsin-color-scheme" });

export function App() {
  useEffect(() => {
    sessionEvents.addEventListener("lost", toSignIn);
    return () => sessionEvents.removeEventListener("lost", toSignIn);
  }, []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Suspense>
          <Notifications position="bottom-right" containerWidth={400} />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function toSignIn(): void {
  const { location, matches } = router.state;
  if (!matches.some(({ routeId }) => routeId === inside.id)) return;
  endSession();
  void router.navigate({ to: "/sign-in", search: { redirect: location.href } });
}
