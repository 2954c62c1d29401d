import { Badge } from "@mantine/core";

/** Says that a value is on a warninglist, and on which. */
export function WarningBadge({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  const names = warnings.join(", ");
  return (
    <Badge color="yellow" title={`Likely false positive: listed on ${names}`} style={{ flexShrink: 0 }}>
      Warninglist
    </Badge>
  );
}
