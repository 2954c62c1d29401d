import { ActionIcon, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { useMe } from "../../lib/me";
import { trpc } from "../../lib/trpc";

/** What this instance's operators never want to see reported. */
export function AllowedValues() {
  const me = useMe();
  const client = useQueryClient();
  const query = useQuery(trpc.warninglists.allowed.queryOptions());
  const onSuccess = () => client.invalidateQueries(trpc.warninglists.pathFilter());
  const allow = useMutation(trpc.warninglists.allow.mutationOptions({ onSuccess }));
  const forbid = useMutation(trpc.warninglists.forbid.mutationOptions({ onSuccess }));
  const error = query.error ?? allow.error ?? forbid.error;
  const rows = query.data?.data;
  if (!me.operator && rows?.length === 0) return null;
  return (
    <Paper p="md" component="section" aria-labelledby="allowed">
      <Stack gap="sm">
        <Title order={2} id="allowed">
          Allowed by operators
        </Title>
        <Text size="sm" c="dimmed">
          Values that are harmless for this instance. A domain includes its subdomains, a network includes its
          addresses.
        </Text>
        {error && <ProblemAlert error={error} />}
        {me.operator && (
          <AllowForm pending={allow.isPending} onAllow={(input, done) => allow.mutate(input, { onSuccess: done })} />
        )}
        {rows?.map(({ type, value, note }) => (
          <Group key={`${type} ${value}`} justify="space-between" wrap="nowrap" gap="xs">
            <Text size="sm" className="wrap-anywhere">
              <span className="mono">{value}</span>{" "}
              <Text span size="xs" c="dimmed">
                {note}
              </Text>
            </Text>
            {me.operator && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${value}`}
                loading={forbid.isPending && forbid.variables.value === value}
                onClick={() => forbid.mutate({ type, value })}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}

type FormProps = { pending: boolean; onAllow: (input: { value: string; note: string }, done: () => void) => void };

function AllowForm({ pending, onAllow }: FormProps) {
  const [value, setValue] = useState("");
  const [note, setNote] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAllow({ value, note }, () => {
      setValue("");
      setNote("");
    });
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs">
        <TextInput
          label="Value"
          placeholder="www.example.com"
          required
          maxLength={2048}
          value={value}
          style={{ flex: "2 1 200px" }}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <TextInput
          label="Reason"
          placeholder="Our own site"
          maxLength={200}
          value={note}
          style={{ flex: "1 1 160px" }}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button type="submit" loading={pending}>
          Allow
        </Button>
      </Group>
    </form>
  );
}
