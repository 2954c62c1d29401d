import { Badge, Group, Text } from "@mantine/core";

type Props = { tags: readonly string[] /** Shows so many, then how many more there are. */; most?: number };

export function TagList({ tags, most = tags.length }: Props) {
  if (tags.length === 0) return <Text c="dimmed">–</Text>;
  const shown = tags.slice(0, most);
  const more = tags.length - shown.length;
  return (
    <Group gap={4} wrap={most < tags.length ? "nowrap" : "wrap"}>
      {shown.map((tag) => (
        <Badge key={tag} color="gray" maw={most < tags.length ? 180 : "100%"} title={tag}>
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
