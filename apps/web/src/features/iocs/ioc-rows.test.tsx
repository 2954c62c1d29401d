// @vitest-environment happy-dom
import { cleanup, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Ioc } from "../../components/ioc/ioc-query";
import "../../components/table/table-view";
import { showRouted } from "../../testing/render";
import { IocRows } from "./ioc-rows";

const ioc: Ioc = {
  id: "6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11",
  type: "url",
  value: "http://malware.example/dropper",
  confidence: "high",
  first_seen: "2026-11-20T00:00:00.000Z",
  last_seen: "2026-11-21T00:00:00.000Z",
  updated_at: "2026-11-21T00:00:00.000Z",
  source: { feed_name: "Example feed", category: "threat-feed", origin: "feed" },
  sources_count: 3,
  tags: ["emotet"],
  mitre_techniques: [],
  tlp: "clear",
  risk_score: 78,
  warnings: [],
};

async function show() {
  const onOpen = vi.fn();
  const { container } = await showRouted(<IocRows rows={[ioc]} onOpen={onOpen} />);
  await screen.findByText(ioc.value);
  return { onOpen, container };
}

beforeEach(() => {
  // Nothing has a size here; the region gets that of a screen.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(720);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1280);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe("the rows of the IOC list", () => {
  it("hold no link, least of all to the indicator", async () => {
    const { container } = await show();
    expect(container.querySelectorAll("a, [href]")).toHaveLength(0);
  });

  it("open by keyboard", async () => {
    const { onOpen } = await show();
    const [button] = screen.getAllByRole("button", { name: ioc.value });
    button?.focus();
    await userEvent.keyboard("{Enter}");
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(ioc);
  });

  it("copy the defanged value without opening", async () => {
    const user = userEvent.setup();
    const { onOpen } = await show();
    const [button] = screen.getAllByRole("button", { name: "Copy defanged" });
    if (button) await user.click(button);
    expect(await navigator.clipboard.readText()).toBe("hxxp://malware[.]example/dropper");
    expect(onOpen).not.toHaveBeenCalled();
  });

  it("say the level of the risk", async () => {
    await show();
    expect(screen.getAllByRole("img", { name: "Risk 78 of 100, high" }).length).toBeGreaterThan(0);
  });
});
