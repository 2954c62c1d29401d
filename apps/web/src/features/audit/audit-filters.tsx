import { Button, Group, Paper, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { auditActions } from "@tocsin/core/audit/actions";
import { useState } from "react";
import { offeredOf } from "../../lib/tables";
import { actionLabel } from "./audit-query";
import type { AuditSearch } from "./audit-search";
import { outcomes } from "./outcomes";

const actions: readonly string[] = auditActions;

type Props = { search: AuditSearch; onChange: (change: Partial<Record<keyof AuditSearch, string>>) => void };

export function AuditFilters({ search, onChange }: Props) {
  const size = { size: "xs", style: { flex: "1 1 140px", minWidth: 130 } } as const;
  const known = search.action === undefined || actions.includes(search.action);
  return (
    <Paper p="sm" role="group" aria-label="Filters">
      <Group gap="xs" align="flex-end">
        <Select
          label="Action"
          placeholder="Any"
          clearable
          searchable
          data={[...actions, ...(known || !search.action ? [] : [search.action])].map((value) => ({
            value,
            label: actionLabel(value),
          }))}
          value={search.action ?? null}
          onChange={(value) => onChange({ action: value ?? "" })}
          {...size}
        />
        <Select
          label="Outcome"
          placeholder="Any"
          clearable
          data={offeredOf(outcomes)}
          value={search.outcome ?? null}
          onChange={(value) => onChange({ outcome: value ?? "" })}
          {...size}
        />
        <IdField label="Actor" value={search.actor ?? ""} onChange={(actor) => onChange({ actor })} />
        <IdField label="Target" value={search.target ?? ""} onChange={(target) => onChange({ target })} />
        <TextInput
          label="From"
          type="date"
          value={search.since ?? ""}
          {...(search.until ? { max: search.until } : {})}
          onChange={(event) => onChange({ since: event.currentTarget.value })}
          {...size}
        />
        <TextInput
          label="To"
          type="date"
          value={search.until ?? ""}
          {...(search.since ? { min: search.since } : {})}
          onChange={(event) => onChange({ until: event.currentTarget.value })}
          {...size}
        />
        {Object.keys(search).some((name) => name !== "event") && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconX size={14} />}
            onClick={() => onChange({ action: "", outcome: "", actor: "", target: "", since: "", until: "" })}
          >
            Clear filters
          </Button>
        )}
      </Group>
    </Paper>
  );
}

type FieldProps = { label: string; value: string; onChange: (value: string) => void };

/** Takes an id, which is pasted or set from an event, not composed letter by letter: it counts on Enter or on leaving. */
function IdField({ label, value, onChange }: FieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null && draft.trim() !== value) onChange(draft.trim());
    setDraft(null);
  };
  return (
    <TextInput
      label={label}
      placeholder="Any ID"
      size="xs"
      style={{ flex: "1 1 150px", minWidth: 130 }}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      maxLength={200}
      spellCheck={false}
      value={draft ?? value}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && commit()}
    />
  );
}
