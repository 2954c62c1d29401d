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
import { ProblemAlert } from "../../components/ui/problem-alert";
import { plural } from "../../lib/numbers";
import { kindIn, offeredOf, rowsOf } from "../../lib/tables";
import { LookalikeNote } from "./lookalike-note";
import { PasteResult } from "./paste-result";
import { type AddingEntries, type EntriesInput, useAddEntries } from "./use-add-entries";
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
} as const satisfies Record<NonNullable<EntriesInput["format"]>, { label: string; placeholder: string }>;

function AddEntries({ list, onClose }: Omit<Props, "opened">) {
  const adding = useAddEntries(list.id, onClose);
  const { error, result } = adding;
  return (
    <Stack gap="md">
      <Reading adding={adding} />
      <Entries adding={adding} />
      {error && <ProblemAlert error={error} title="The entries were not read" />}
      {!adding.add.isSuccess && adding.lookalikes.data && (
        <LookalikeNote preview={adding.lookalikes.data} wanted={adding.input.lookalikes ?? false} />
      )}
      {result && <PasteResult result={result} />}
      <Group justify="flex-end" gap="xs">
        <Text size="xs" c="dimmed" className="grow-field">
          {list.entries.total > 0 && plural(list.entries.total, "entry", "entries")}
        </Text>
        <Actions adding={adding} onClose={onClose} />
      </Group>
    </Stack>
  );
}

type PartProps = { adding: AddingEntries };

/** How the text is read. */
function Reading({ adding: { input, change, setKind } }: PartProps) {
  return (
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
        onChange={(value) => setKind(kindIn(entryKinds, value))}
      />
    </Group>
  );
}

/** The text, and what holds for all of its entries. */
function Entries({ adding: { input, change } }: PartProps) {
  return (
    <>
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
    </>
  );
}

function Actions({ adding, onClose }: PartProps & { onClose: () => void }) {
  const { add, preview, good, input } = adding;
  const busy = preview.isPending || add.isPending;
  const empty = input.text.trim() === "";
  if (add.isSuccess) {
    return (
      <Button variant="default" onClick={onClose}>
        Close
      </Button>
    );
  }
  return (
    <>
      <Button variant="default" onClick={onClose} disabled={busy}>
        Cancel
      </Button>
      <Button variant="default" loading={preview.isPending} disabled={empty || busy} onClick={adding.look}>
        Preview
      </Button>
      <Button
        loading={add.isPending}
        disabled={empty || preview.isPending || (preview.isSuccess && good === 0)}
        onClick={adding.save}
      >
        {preview.isSuccess ? `Add ${plural(good, "entry", "entries")}` : "Add"}
      </Button>
    </>
  );
}
