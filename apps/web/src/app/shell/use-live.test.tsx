// @vitest-environment happy-dom

import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { liveState, useEvery } from "../../lib/live";
import { queryClient } from "../../lib/query-client";
import { useLive } from "./use-live";

class FakeSource extends EventTarget {
  static CLOSED = 2;
  static opened: FakeSource[] = [];
  readyState = 1;
  constructor(readonly url: string) {
    super();
    FakeSource.opened.push(this);
  }
  close() {
    this.readyState = FakeSource.CLOSED;
  }
  say(type: string, data = "[]") {
    act(() => void this.dispatchEvent(new MessageEvent(type, { data })));
  }
}

let hidden = false;
const read: unknown[] = [];
const show = (value: boolean) => {
  hidden = !value;
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
};

beforeEach(() => {
  vi.useFakeTimers();
  hidden = false;
  FakeSource.opened = [];
  read.length = 0;
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("fetch", () => Promise.resolve({ ok: true }));
  vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
  vi.spyOn(queryClient, "invalidateQueries").mockImplementation(async (filter) => {
    read.push(filter?.queryKey?.flat(2)[0]);
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  liveState.set(false);
});

function start() {
  const { result } = renderHook(() => {
    useLive();
    return useEvery(1_000);
  });
  return result;
}

it("polls until the server tells of changes, and again once it does not", () => {
  const every = start();
  expect(every.current).toBe(1_000);
  const [source] = FakeSource.opened;
  source?.say("ready");
  expect(every.current).toBe(false);
  source?.say("error");
  expect(every.current).toBe(1_000);
});

it("reads anew what has changed, once for many changes of a moment", () => {
  start();
  const [source] = FakeSource.opened;
  source?.say("ready");
  expect(read).toEqual([]);
  for (let times = 0; times < 5; times += 1) source?.say("changed", '["notices","unknown"]');
  expect(read).toEqual(["notices"]);
  vi.advanceTimersByTime(3_000);
  expect(read).toEqual(["notices", "notices"]);
  vi.advanceTimersByTime(9_000);
  expect(read).toEqual(["notices", "notices"]);
});

it("keeps no connection while it is hidden, and reads all anew afterwards", () => {
  const every = start();
  FakeSource.opened[0]?.say("ready");
  show(false);
  expect([FakeSource.opened[0]?.readyState, every.current]).toEqual([FakeSource.CLOSED, 1_000]);
  show(true);
  expect(FakeSource.opened).toHaveLength(2);
  FakeSource.opened[1]?.say("ready");
  expect(read.toSorted()).toEqual([
    ...["audit", "feeds", "keys", "keys", "notices", "overview"],
    ...["taxii", "warninglists", "watchlists", "watchlists"],
  ]);
});

it("comes again a minute after a refusal", () => {
  start();
  const [source] = FakeSource.opened;
  source?.close();
  source?.say("error");
  vi.advanceTimersByTime(59_000);
  expect(FakeSource.opened).toHaveLength(1);
  vi.advanceTimersByTime(1_000);
  expect(FakeSource.opened).toHaveLength(2);
});
