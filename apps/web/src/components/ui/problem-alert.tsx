import { Alert, Button, Code, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconRefresh } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { problemOf } from "../../lib/problem";
import type { CopyProps } from "./copy";

// Its tooltip is more script than the first screens need; the alert stands without it where nothing can be loaded.
const CopyIcon = lazy(async () => {
  const copy = await import("./copy").catch(() => null);
  return { default: (props: CopyProps) => copy && <copy.CopyIcon {...props} /> };
});

type Props = { error: unknown; title?: string; onRetry?: (() => void) | undefined };

/** What went wrong, field by field where the server said so, with the request id to quote and a way to try again. */
export function ProblemAlert({ error, title = "The request failed", onRetry }: Props) {
  const problem = problemOf(error);
  return (
    <Alert color="red" title={title} icon={<IconAlertTriangle size={18} />} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="wrap-anywhere">
          {problem.message}
        </Text>
        {problem.fields.length > 1 && (
          <List size="sm">
            {problem.fields.map((note) => (
              <List.Item key={`${note.field} ${note.problem}`}>
                <Code>{note.field}</Code> {note.problem}
                {note.allowed ? `; allowed: ${note.allowed}` : ""}
              </List.Item>
            ))}
          </List>
        )}
        {problem.requestId && (
          <Group gap={6}>
            <Text size="xs">
              Request ID <span className="mono">{problem.requestId}</span>
            </Text>
            <Suspense>
              <CopyIcon value={problem.requestId} label="Copy request ID" size="xs" />
            </Suspense>
          </Group>
        )}
        {onRetry && (
          <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
