import { Button, Group, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";

type Props = {
  /** "1–50 of 1,234 IOCs" */
  summary: string;
  index: number;
  hasNext: boolean;
  busy: boolean;
  onPage: (index: number) => void;
};

/** Steps through the pages of a cursor. */
export function Pager({ summary, index, hasNext, busy, onPage }: Props) {
  return (
    <Group justify="space-between" gap="xs" component="nav" aria-label="Pages">
      <Text size="sm" c="dimmed" className="numbers" aria-live="polite">
        {summary}
      </Text>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconChevronLeft size={14} />}
          disabled={index === 0}
          onClick={() => onPage(index - 1)}
        >
          Previous
        </Button>
        <Button
          size="xs"
          variant="default"
          rightSection={<IconChevronRight size={14} />}
          disabled={!hasNext}
          loading={busy}
          onClick={() => onPage(index + 1)}
        >
          Next
        </Button>
      </Group>
    </Group>
  );
}
