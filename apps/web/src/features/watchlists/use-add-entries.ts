import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toastDone } from "../../components/ui/toast";
import { plural } from "../../lib/numbers";
import { type Inputs, trpc } from "../../lib/trpc";
import { useWatchRefresh } from "./use-watch-refresh";

export type EntriesInput = Inputs["watchlists"]["addEntries"];

/** The text that is pasted and what is said of it, its preview, and adding it; a change begins both anew. */
export function useAddEntries(watchlistId: string, onAdded: () => void) {
  const refresh = useWatchRefresh();
  const [input, setInput] = useState<EntriesInput>({ watchlistId, text: "", format: "lines", lookalikes: false });
  const preview = useMutation(trpc.watchlists.addEntries.mutationOptions());
  const lookalikes = useMutation(trpc.watchlists.lookalikes.mutationOptions());
  const add = useMutation(
    trpc.watchlists.addEntries.mutationOptions({
      onSuccess: async ({ meta }) => {
        await refresh();
        const changed = meta.added + meta.updated;
        toastDone(`${plural(changed, "entry is", "entries are")} saved and being compared with the stored indicators.`);
        if (meta.refused === 0) onAdded();
      },
    }),
  );
  const replace = (next: EntriesInput) => {
    preview.reset();
    lookalikes.reset();
    add.reset();
    setInput(next);
  };
  const result = add.data ?? preview.data;
  return {
    input,
    change: (to: Partial<EntriesInput>) => replace({ ...input, ...to }),
    setKind: (kind: EntriesInput["kind"]) => {
      const { kind: _, ...rest } = input;
      replace(kind ? { ...rest, kind } : rest);
    },
    look: () => {
      const { text, format, kind } = input;
      preview.mutate({ ...input, dry_run: true });
      lookalikes.mutate({ text, format, ...(kind ? { kind } : {}) });
    },
    save: () => add.mutate(input),
    preview,
    /** What look-alikes of the domains would match, whether they are asked for or not. */
    lookalikes,
    add,
    error: add.error ?? preview.error,
    result,
    /** Lines that would change the list, or have. */
    good: (result?.meta.added ?? 0) + (result?.meta.updated ?? 0),
  };
}
export type AddingEntries = ReturnType<typeof useAddEntries>;
