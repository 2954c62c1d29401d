import { Group, Radio, Stack, Text } from "@mantine/core";
import { CopyIcon } from "../../components/ui/copy";
import { plural } from "../../lib/numbers";
import type { Taxii } from "./taxii";

type Collection = Taxii["collections"][number];
type Props = { collections: readonly Collection[]; chosen: string; onChoose: (alias: string) => void };

/** The collections, one of which is chosen for the settings below. */
export function CollectionRows({ collections, chosen, onChoose }: Props) {
  return (
    <Radio.Group value={chosen} onChange={onChoose} aria-label="Collection for the settings below">
      <Stack gap={0}>
        {collections.map((collection) => (
          <Row key={collection.id} collection={collection} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function Row({ collection: { id, alias, title, description, objects } }: { collection: Collection }) {
  return (
    <Group justify="space-between" gap="xs" py="xs">
      <Radio value={alias} label={title} description={description} style={{ flex: "1 1 260px", minWidth: 0 }} />
      <Text size="sm" fw={600} w={{ sm: 130 }} pl={{ base: 32, sm: 0 }} ta={{ sm: "right" }}>
        {plural(objects, "object")}
      </Text>
      <Group gap={4} wrap="nowrap" justify="flex-end" w={{ base: "100%", sm: 330 }} pl={{ base: 32, sm: 0 }}>
        <Text className="mono wrap-anywhere" style={{ flex: 1, fontSize: "0.8125rem" }} ta={{ sm: "right" }}>
          {id}
        </Text>
        <CopyIcon value={id} label={`Copy the ID of ${title}`} />
      </Group>
    </Group>
  );
}
