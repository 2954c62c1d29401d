// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { render, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { FactorBars } from "./factor-bars";

it("shows each factor with its points, and the score that they come to", () => {
  const factors = [
    { name: "confidence", weight: 40, why: "reported with high confidence" },
    { name: "family", weight: 0, why: "no malware family named" },
    { name: "sources", weight: 15, why: "3 sources" },
  ];
  render(
    <MantineProvider>
      <FactorBars factors={factors} color="red" />
    </MantineProvider>,
  );
  const items = within(screen.getByRole("list")).getAllByRole("listitem");
  expect(items.map((item) => item.textContent)).toEqual([
    "Confidence+40Reported with high confidence",
    "Family0No malware family named",
    "Sources+153 sources",
    "Score55",
  ]);
});
