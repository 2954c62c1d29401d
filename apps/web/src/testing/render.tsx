import { MantineProvider } from "@mantine/core";
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
