import { Badge } from "@mantine/core";

/** Marks what belongs to the sample set; behind a name on the same line, at a word's distance. */
export function SampleBadge() {
  return (
    <>
      {" "}
      <Badge size="xs" color="grape" variant="light" style={{ flexShrink: 0 }}>
        Sample
      </Badge>
    </>
  );
}
