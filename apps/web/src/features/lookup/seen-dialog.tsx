import { Button, Group, Modal, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { trpc } from "../../lib/trpc";

/** Reports that the workspace saw the value: when, where and how often. */
export function SeenDialog({ value, onClose }: { value: string; onClose: () => void }) {
  const [at, setAt] = useState(() => localMinute(new Date()));
  const [place, setPlace] = useState("");
  const [count, setCount] = useState<number | string>(1);
  const client = useQueryClient();
  const report = useMutation(
    trpc.sightings.add.mutationOptions({
      onSuccess: async () => {
        onClose();
        toastDone("The sighting is stored.");
        await client.invalidateQueries({ queryKey: trpc.lookup.pathKey() });
        await client.invalidateQueries({ queryKey: trpc.sightings.pathKey() });
      },
    }),
  );
  const time = new Date(at);
  const whole = Number.isInteger(count) && Number(count) >= 1;
  const ready = whole && !Number.isNaN(time.getTime());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const where = place.trim();
    report.mutate({ value, seen_at: time.toISOString(), count: Number(count), ...(where ? { place: where } : {}) });
  };
  return (
    <Modal opened onClose={onClose} title="Seen here">
      <form onSubmit={submit}>
        <Stack gap="md">
          {report.isError && <ProblemAlert error={report.error} title="The sighting was not stored" />}
          <Text size="sm" className="mono wrap-anywhere">
            {value}
          </Text>
          <TextInput
            label="When"
            type="datetime-local"
            required
            value={at}
            onChange={(event) => setAt(event.currentTarget.value)}
          />
          <TextInput
            label="Where"
            placeholder="Proxy Vienna"
            maxLength={200}
            value={place}
            onChange={(event) => setPlace(event.currentTarget.value)}
            data-autofocus
          />
          <NumberInput
            label="How often"
            min={1}
            max={1_000_000_000}
            allowDecimal={false}
            value={count}
            onChange={setCount}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={report.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={report.isPending} disabled={!ready}>
              Report
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** As `datetime-local` writes a time: the reader's own clock, to the minute. */
function localMinute(time: Date): string {
  const shifted = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
