import { useSessionStorage } from "@mantine/hooks";
import type { LookupData } from "@tocsin/core/lookup";
import { useEffect } from "react";
import { type Recent, withLatest } from "./recent";

/** The lookups of this browser session, latest first; `data` joins them when it comes. */
export function useRecents(data: LookupData | undefined): { recents: Recent[]; clear: () => void } {
  const [recents, setRecents] = useSessionStorage<Recent[]>({ key: "tocsin-recent-lookups", defaultValue: [] });
  useEffect(() => {
    if (!data) return;
    const latest = { value: data.ioc_value, type: data.ioc_type, score: data.risk?.score ?? null };
    setRecents((before) => withLatest(before, latest));
  }, [data, setRecents]);
  return { recents, clear: () => setRecents([]) };
}
