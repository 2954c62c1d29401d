// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Run } from "../../components/feed/run";
import { RunAccordion } from "./feed-runs";

const run = (change: Partial<Run>): Run => ({
  id: "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10",
  feed_id: "openphish",
  trigger: "manual",
  node: "test",
  status: "running",
  started_at: "2026-11-22T08:00:00.000Z",
  finished_at: null,
  files: 0,
  bytes: 0,
  lines: 0,
  good: 0,
  bad: 0,
  iocs_new: 0,
  iocs_changed: 0,
  sightings_new: 0,
  error: null,
  progress: null,
  held: null,
  bad_lines: [],
  ...change,
});
const page = (runs: Run[]) => (
  <MantineProvider env="test">
    <RunAccordion runs={runs} />
  </MantineProvider>
);
const opened = () => screen.getAllByRole("button").map((button) => button.getAttribute("aria-expanded"));

it("opens a run that is watched once there is something to read in it, and leaves what the reader chose", async () => {
  const { rerender } = render(page([run({})]));
  expect(opened()).toEqual(["false"]);
  rerender(page([run({ status: "ok", good: 2, bad: 1 })]));
  expect(opened()).toEqual(["true"]);
  await userEvent.click(screen.getByRole("button"));
  rerender(page([run({ status: "failed", error: "it broke" })]));
  expect(opened()).toEqual(["false"]);
});
