import { Group, Paper, Stack, Text } from "@mantine/core";
import { AnchorLink } from "../../components/ui/links";
import { MarkedText } from "./marked-text";
import type { PasteSearch } from "./paste-search";
import { PasteTable } from "./paste-table";
import { type Analysis, mostLookups } from "./use-analysis";

type Props = {
  analysis: Analysis;
  search: PasteSearch;
  onChange: (to: Partial<Record<keyof PasteSearch, string>>) => void;
};

/** What a text names: marked in place, as a table, and by name. */
export function PasteResult({ analysis, search, onChange }: Props) {
  return (
    <Stack gap="md">
      <Names analysis={analysis} />
      <PasteTable values={analysis.values} search={search} onChange={onChange} />
      {analysis.values.length > mostLookups && (
        <Text size="sm" c="dimmed">
          The first {mostLookups} values are looked up.
        </Text>
      )}
      {!analysis.complete && (
        <Text size="sm" c="dimmed">
          The text names more values than are listed.
        </Text>
      )}
      <MarkedText analysis={analysis} />
    </Stack>
  );
}

function Names({ analysis: { techniques, threat_actors, malware_families } }: { analysis: Analysis }) {
  const names = [
    ...threat_actors.map(({ name, attack_id }) => ({ kind: "group", id: attack_id ?? name, name })),
    ...malware_families.map(({ name, attack_id }) => ({ kind: "malware", id: attack_id ?? name, name })),
    ...techniques
      .filter(({ id }) => /^T\d/.test(id))
      .map(({ id, name }) => ({ kind: "technique", id, name: [id, name].filter(Boolean).join(" ") })),
  ];
  if (names.length === 0) return null;
  return (
    <Paper p="sm">
      <Group gap={12}>
        <Text size="sm" c="dimmed">
          Named in the text
        </Text>
        {names.map(({ kind, id, name }) => (
          <AnchorLink key={`${kind} ${id}`} to="/attack/$kind/$id" params={{ kind, id }} size="sm">
            {name}
          </AnchorLink>
        ))}
      </Group>
    </Paper>
  );
}
