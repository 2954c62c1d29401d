import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { cssVariables, theme } from "../components/ui/theme";
import { queryClient } from "../lib/query-client";
import { router } from "./router";
import { SessionEnd } from "./session-end";

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
        <Notifications position="bottom-right" containerWidth={400} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
