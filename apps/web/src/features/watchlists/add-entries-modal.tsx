import {
  Button,
  Checkbox,
  Group,
  Modal,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { plural } from "../../lib/numbers";
import { kindIn, offeredOf, rowsOf } from "../../lib/tables";
import { type Inputs, trpc } from "../../lib/trpc";
import { PasteResult } from "./paste-result";
import { useWatchRefresh } from "./use-watch-refresh";
import { entryKinds } from "./watch-words";
import type { Watchlist } from "./watchlist-rows";

type Props = { list: Watchlist; opened: boolean; onClose: () => void };

/** Paste, see what each line is read as, then add the good ones. */
export function AddEntriesModal({ list, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add entries" size="xl" closeOnClickOutside={false}>
      {opened && <AddEntries list={list} onClose={onClose} />}
    </Modal>
  );
}

type Input = Inputs["watchlists"]["addEntries"];
type PasteFormat = NonNullable<Input["format"]>;

/** How the pasted text may be written. */
const pasteFormats = {
  lines: {
    label: "One per line",
    placeholder: "192.0.2.0/24\n2001:db8::/32\nexample.org\nterm: Example Corp\nCVE-2026-12345",
  },
  csv: {
    label: "CSV with a header row",
    placeholder: "value,kind,note,lookalikes\n192.0.2.0/24,,Head office,\nexample.org,domain,Main site,yes",
  },
} as const satisfies Record<PasteFormat, { label: string; placeholder: string }>;

function AddEntries({ list, onClose }: Omit<Props, "opened">) {
  const refresh = useWatchRefresh();
  const [input, setInput] = useState<Input>({ watchlistId: list.id, text: "", format: "lines", lookalikes: true });
  const preview = useMutation(trpc.watchlists.addEntries.mutationOptions());
  const add = useMutation(
    trpc.watchlists.addEntries.mutationOptions({
      onSuccess: async ({ meta }) => {
        await refresh();
        const changed = meta.added + meta.updated;
        toastDone(`${plural(changed, "entry is", "entries are")} saved and being compared with the stored indicators.`);
        if (meta.refused === 0) onClose();
      },
    }),
  );
  const change = (to: Partial<Input>) => {
    preview.reset();
    add.reset();
    setInput({ ...input, ...to });
  };
  const result = add.data ?? preview.data;
  const good = (result?.meta.added ?? 0) + (result?.meta.updated ?? 0);
  const busy = preview.isPending || add.isPending;
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          aria-label="Format of the text"
          value={input.format ?? "lines"}
          data={offeredOf(pasteFormats)}
          onChange={(format) => change({ format: kindIn(pasteFormats, format) ?? "lines" })}
        />
        <Select
          aria-label="Kind of the entries"
          w={190}
          clearable
          placeholder="Detect each kind"
          value={input.kind ?? null}
          data={rowsOf(entryKinds).map(([value, { label }]) => ({
            value,
            label: `Read all as ${label.toLowerCase()}`,
          }))}
          onChange={(value) => {
            const { kind: _, ...rest } = input;
            const kind = kindIn(entryKinds, value);
            preview.reset();
            add.reset();
            setInput(kind ? { ...rest, kind } : rest);
          }}
        />
      </Group>
      <Textarea
        label="Entries"
        description="Networks, domains, email domains (@example.org), hashes, URLs and CVEs. Other text is read as a term. Lines that start with # are comments."
        autosize
        minRows={6}
        maxRows={14}
        maxLength={1_000_000}
        placeholder={pasteFormats[input.format ?? "lines"].placeholder}
        classNames={{ input: "mono" }}
        spellCheck={false}
        data-autofocus
        value={input.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <Group gap="lg">
        <Checkbox
          label="Include subdomains"
          checked={input.subdomains ?? true}
          onChange={(event) => change({ subdomains: event.currentTarget.checked })}
        />
        <Checkbox
          label="Include look-alike domains"
          checked={input.lookalikes ?? false}
          onChange={(event) => change({ lookalikes: event.currentTarget.checked })}
        />
      </Group>
      <TextInput
        label="Note"
        placeholder="Where the entries come from"
        maxLength={200}
        value={input.note ?? ""}
        onChange={(event) => change({ note: event.currentTarget.value || null })}
      />
      {(add.error ?? preview.error) && (
        <ProblemAlert error={add.error ?? preview.error} title="The entries were not read" />
      )}
      {result && <PasteResult result={result} />}
      <Group justify="flex-end" gap="xs">
        <Text size="xs" c="dimmed" className="grow-field">
          {list.entries.total > 0 && plural(list.entries.total, "entry", "entries")}
        </Text>
        <Button variant="default" onClick={onClose} disabled={busy}>
          {add.isSuccess ? "Close" : "Cancel"}
        </Button>
        {!add.isSuccess && (
          <Button
            variant="default"
            loading={preview.isPending}
            disabled={input.text.trim() === "" || busy}
            onClick={() => preview.mutate({ ...input, dry_run: true })}
          >
            Preview
          </Button>
        )}
        {!add.isSuccess && (
          <Button
            loading={add.isPending}
            disabled={input.text.trim() === "" || (preview.isSuccess && good === 0) || preview.isPending}
            onClick={() => add.mutate(input)}
          >
            {preview.isSuccess ? `Add ${plural(good, "entry", "entries")}` : "Add"}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
