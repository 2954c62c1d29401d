import { useEffect, useRef } from "react";

type Acts = { move: (by: -1 | 1) => void; open: () => void; toggle: () => void; edit: () => void };

/**
 * `j` and `k` step through the rows, Enter opens, `x` selects, `e` edits: from wherever the focus is, but in fields and
 * dialogs, and not with a modifier. Enter on a control of a row stays that control's.
 */
export function useRowKeys(acts: Acts): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
      const { move, open, toggle, edit } = latest.current;
      const act = { j: () => move(1), k: () => move(-1), Enter: open, x: toggle, e: edit }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

/** Whether the key belongs to a field, a dialog or, of Enter, to a control. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if ([...document.querySelectorAll("[role=dialog], [role=menu], [role=listbox]")].some(isSeen)) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true]")) return true;
  return key === "Enter" && !target.matches("tr") && target.closest("a, button, input, [role=button]") !== null;
}

/** Lists of closed fields stay in the page, hidden. A document without layout shows everything. */
function isSeen(element: Element): boolean {
  return element.checkVisibility?.() ?? true;
}
