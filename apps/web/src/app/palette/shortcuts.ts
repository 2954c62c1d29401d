import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

/** The letter after `g` that leads to a page. */
export const goKeys = {
  o: { to: "/", label: "Overview" },
  i: { to: "/iocs", label: "IOCs" },
  l: { to: "/lookup", label: "Lookup" },
  a: { to: "/articles", label: "Articles" },
  e: { to: "/exports", label: "Exports" },
  t: { to: "/taxii", label: "TAXII" },
  w: { to: "/watchlists", label: "Watchlists" },
  f: { to: "/feeds", label: "Feeds" },
  k: { to: "/keys", label: "API keys" },
  n: { to: "/notices", label: "Notices" },
  u: { to: "/audit", label: "Audit log" },
  s: { to: "/settings", label: "Settings" },
} as const;

type Heard = { open: () => void; help: () => void; go: (to: (typeof goKeys)[keyof typeof goKeys]["to"]) => void };

/** For so long (milliseconds) a `g` waits for its letter. */
const patienceMs = 1_500;

/**
 * Keys that work on every page: mod+K even in fields and dialogs; `/`, `?` and `g` with a letter outside of them. They
 * are heard before those of a table, so that `g k` is not also a step up.
 */
export function createKeyListener(heard: Heard): (event: KeyboardEvent) => void {
  let since = Number.NEGATIVE_INFINITY;
  return (event) => {
    const act = actOf(event, event.timeStamp - since < patienceMs, heard);
    since = act === "wait" ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (act === null) return;
    event.preventDefault();
    if (act !== "wait") act();
  };
}

function actOf(event: KeyboardEvent, after: boolean, { open, help, go }: Heard): (() => void) | "wait" | null {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") return open;
  if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return null;
  if (after) {
    const page = Object.entries(goKeys).find(([key]) => key === event.key)?.[1];
    return page ? () => go(page.to) : null;
  }
  if (event.key === "/") return open;
  if (event.key === "?") return help;
  return event.key === "g" ? "wait" : null;
}

/** Whether keys mean something of their own there: in a field, or while a dialog is open. */
function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector("[role=dialog]")) return true;
  return (
    target instanceof Element &&
    target.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true]") !== null
  );
}

export function useShortcuts({ open, help }: Pick<Heard, "open" | "help">): void {
  const navigate = useNavigate();
  const latest = useRef({ open, help });
  latest.current = { open, help };
  useEffect(() => {
    const listen = createKeyListener({
      open: () => latest.current.open(),
      help: () => latest.current.help(),
      go: (to) => void navigate({ to }),
    });
    document.addEventListener("keydown", listen, true);
    return () => document.removeEventListener("keydown", listen, true);
  }, [navigate]);
}
