import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { cssVariables, theme } from "../components/ui/theme";
import { endSession, queryClient, sessionEvents } from "../lib/query-client";
import { inside } from "./pages";
import { router } from "./router";

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
        <Notifications position="bottom-right" containerWidth={400} />
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
