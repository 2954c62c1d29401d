import { Badge, Group, Text } from "@mantine/core";

type Props = { tags: readonly string[] /** Shows so many, then how many more there are. */; most?: number };

export function TagList({ tags, most }: Props) {
  if (tags.length === 0) return <Text c="dimmed">–</Text>;
  const limited = most !== undefined;
  const shown = tags.slice(0, most);
  const more = tags.length - shown.length;
  return (
    <Group gap={4} wrap={limited ? "nowrap" : "wrap"}>
      {shown.map((tag, at) => (
        // On one line the first tag is whole, and the last one takes what is left.
        <Badge
          key={tag}
          color="gray"
          maw={limited ? 130 : "100%"}
          title={tag}
          style={limited && at === 0 ? whole : undefined}
        >
          {tag}
        </Badge>
      ))}
      {more > 0 && (
        <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }} title={tags.slice(most).join(", ")}>
          +{more}
        </Text>
      )}
    </Group>
  );
}

const whole = { flexShrink: 0 };
