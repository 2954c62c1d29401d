import { Group, Stack, Text } from "@mantine/core";
import { runResult } from "../../components/feed/run";
import { RunBadge } from "../../components/feed/run-status";
import { SampleBadge } from "../../components/sample/sample-badge";
import { useSample } from "../../components/sample/use-sample";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import { count } from "../../lib/numbers";
import type { Overview } from "./first-steps";

/** The last pull of the feeds that were pulled last. */
export function LatestRuns({ runs }: { runs: Overview["latest_runs"] }) {
  const sample = useSample();
  if (runs.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No feed has answered yet.
      </Text>
    );
  }
  return (
    <Stack gap={0} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {runs.map((run) => (
        <Group
          component="li"
          key={run.id}
          justify="space-between"
          gap="xs"
          py={7}
          style={{ borderBottom: "1px solid var(--tocsin-line)" }}
        >
          <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
            <RunBadge status={run.status} />
            <AnchorLink to="/feeds" search={{ feed: run.feed_id }} size="sm" className="cut">
              {run.feed_name}
            </AnchorLink>
            {sample?.feed_ids.includes(run.feed_id) && <SampleBadge />}
          </Group>
          <Text size="sm" c="dimmed" component="div" className="numbers">
            {runWords(run)} · <Time value={run.started_at} />
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

function runWords(run: Overview["latest_runs"][number]): string {
  const result = runResult(run);
  return run.iocs_new > 0 ? `${count(run.iocs_new)} new · ${result}` : result;
}
