import { Box, Stack, Text } from "@mantine/core";
import type { Run } from "../../components/feed/run";
import { plural } from "../../lib/numbers";

/** The lines of a run that gave nothing, and why. */
export function BadLines({ run }: { run: Run }) {
  if (run.bad_lines.length === 0) return null;
  const shown = run.bad_lines.length;
  return (
    <Stack gap={6}>
      <Text size="sm" fw={560}>
        {run.bad > shown ? `The first ${shown} of ${plural(run.bad, "bad record")}` : plural(run.bad, "bad record")}
      </Text>
      {run.bad_lines.map((bad) => (
        <Box
          key={`${bad.file} ${bad.line} ${bad.reason}`}
          pl="sm"
          style={{ borderLeft: "2px solid var(--tocsin-series-bad)" }}
        >
          <Text size="xs" c="dimmed" className="wrap-anywhere">
            <span className="mono">
              {bad.file}:{bad.line}
            </span>{" "}
            {bad.reason}
          </Text>
          <Text size="xs" className="wrap-anywhere" lineClamp={3}>
            <span className="mono">{bad.text}</span>
          </Text>
        </Box>
      ))}
    </Stack>
  );
}
