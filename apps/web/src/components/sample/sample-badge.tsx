import { Badge } from "@mantine/core";

/** Marks what belongs to the sample set. */
export function SampleBadge() {
  return (
    <Badge size="xs" color="grape" variant="light" style={{ flexShrink: 0 }}>
      Sample
    </Badge>
  );
}
