import { useElementScrollRestoration } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";

type Options = {
  region: RefObject<HTMLElement | null>;
  name: string;
  rows: number;
  height: number;
  onEnd: (() => void) | undefined;
};

/** Rows from the end at which the next page is asked for. */
const near = 40;

/** Which rows are in the page, and which has the focus. Back finds the table scrolled as it was. */
export function useVirtualRows({ region, name, rows, height, onEnd }: Options) {
  const scrollId = `table-${name}`;
  const before = useElementScrollRestoration({ id: scrollId });
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => region.current,
    estimateSize: () => height,
    overscan: 3,
    initialOffset: before?.scrollY ?? 0,
    // Until the region has been measured, and where nothing has a size.
    initialRect: { width: 1280, height: 720 },
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const wanted = rows > 0 && last >= rows - near;
  useEffect(() => {
    if (wanted) onEnd?.();
  }, [wanted, onEnd]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useEffect(() => virtualizer.measure(), [height]);

  const focused = useRef(-1);
  const active = () => {
    const row = document.activeElement?.closest("[data-row]");
    if (row && region.current?.contains(row)) focused.current = Number(row.getAttribute("data-row"));
    return focused.current;
  };
  const move = (by: -1 | 1) => {
    const to = Math.max(0, Math.min(rows - 1, active() + by));
    focused.current = to;
    virtualizer.scrollToIndex(to);
    const focus = () =>
      region.current?.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus({ preventScroll: true });
    focus();
    // It may come into the page only now.
    requestAnimationFrame(focus);
  };
  return { items, size: virtualizer.getTotalSize(), active, move, region: { "data-scroll-restoration-id": scrollId } };
}
