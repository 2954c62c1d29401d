import { Button, Group, Paper, Table, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import { count, plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { BulkTable } from "./bulk-table";
import { mostValues, pastedValues } from "./pasted-values";

/** Many values at once: paste them, and see which are known. */
export function BulkLookup({ onOpen }: { onOpen: () => void }) {
  const [text, setText] = useState("");
  const lookup = useMutation(trpc.lookup.byValues.mutationOptions());
  const values = pastedValues(text);
  const tooMany = values.length > mostValues;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (values.length > 0 && !tooMany) lookup.mutate({ values });
  };
  return (
    <>
      <Paper p="md" component="form" onSubmit={submit}>
        <Textarea
          label="Values"
          description={`Up to ${count(mostValues)} values, one per line or separated by commas. Defanged values are accepted.`}
          placeholder={"hxxps://malware[.]example/dropper\n198.51.100.7"}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={tooMany ? `${count(values.length)} values; the maximum is ${count(mostValues)}` : undefined}
          autosize
          minRows={5}
          maxRows={12}
          spellCheck={false}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        />
        <Group mt="sm" gap="sm">
          <Button type="submit" loading={lookup.isPending} disabled={values.length === 0 || tooMany}>
            {values.length === 0 ? "Look up" : `Look up ${plural(values.length, "value")}`}
          </Button>
          {lookup.data && (
            <Text size="sm" c="dimmed" role="status">
              {count(lookup.data.meta.found)} of {plural(lookup.data.meta.total, "value")} found
              {lookup.data.meta.failed > 0 && `, ${count(lookup.data.meta.failed)} not recognised`}
            </Text>
          )}
        </Group>
      </Paper>
      {lookup.error && <ProblemAlert error={lookup.error} title="The lookup failed" />}
      {lookup.isPending && <RowsSkeletonTable />}
      {lookup.data && !lookup.isPending && <BulkTable rows={lookup.data.data} onOpen={onOpen} />}
    </>
  );
}

function RowsSkeletonTable() {
  return (
    <Paper aria-hidden>
      <Table>
        <Table.Tbody>
          <RowsSkeleton rows={6} columns={5} />
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
