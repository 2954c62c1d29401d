import { Progress, Text } from "@mantine/core";
import type { Run } from "../../components/feed/run";
import { pullProgress } from "./feed-health";

/** What a running pull is at. */
export function PullProgress({ run }: { run: Pick<Run, "lines" | "good" | "bad" | "progress"> }) {
  const shown = pullProgress(run);
  if (!shown) return null;
  return (
    <div style={{ minWidth: 120 }}>
      <Progress
        value={shown.percent ?? 100}
        size="sm"
        animated={shown.percent === null}
        aria-label="Progress of the current file"
      />
      <Text size="xs" c="dimmed" mt={4}>
        {shown.words}
      </Text>
    </div>
  );
}
