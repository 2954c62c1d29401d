import { Button, Group, Paper, Text, ThemeIcon, Title } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { useSample, useSampleActions } from "../../components/sample/use-sample";
import { useMe } from "../../lib/me";
import type { Overview } from "./first-steps";

/** Offers the sample set to an operator while there is nothing else to see, or nothing can be reached. */
export function SampleOffer({ overview }: { overview: Overview }) {
  const me = useMe();
  const sample = useSample();
  const { load } = useSampleActions();
  const empty = overview.stats.data.totals.active === 0 || overview.network.offline;
  if (!me.operator || !empty || sample?.state !== "none") return null;
  return (
    <Paper p="md" component="section" aria-labelledby="sample-offer">
      <Group justify="space-between" gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start" style={{ flex: "1 1 320px" }}>
          <ThemeIcon size={34} radius="xl" variant="light" color="grape">
            <IconFlask size={18} aria-hidden />
          </ThemeIcon>
          <div>
            <Title order={2} id="sample-offer">
              Look around with sample data
            </Title>
            <Text size="sm" c="dimmed" maw={640}>
              Indicators, articles, a watchlist and keys with traffic, all made up and marked as such. It needs no
              network, and one click removes it.
            </Text>
          </div>
        </Group>
        <Button variant="light" loading={load.isPending} onClick={() => load.mutate()}>
          Load sample data
        </Button>
      </Group>
    </Paper>
  );
}
