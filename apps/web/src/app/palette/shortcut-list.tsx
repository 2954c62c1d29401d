import { Group, Kbd, Modal, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { rowsOf } from "../../lib/tables";
import { goKeys } from "./shortcuts";

const groups = {
  Everywhere: [
    [["Ctrl K", "⌘ K", "/"], "Search, look up, go"],
    [["?"], "This list"],
    [["Esc"], "Close what is open"],
  ],
  Tables: [
    [["j"], "Next row"],
    [["k"], "Previous row"],
    [["Enter"], "Open the row"],
    [["x"], "Select the row"],
    [["e"], "Edit the row"],
  ],
  "Go to": rowsOf(goKeys).map(([key, { label }]) => [[`g ${key}`], label] as const),
} as const;

/** Every shortcut of the keyboard. */
export function ShortcutList({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        {rowsOf(groups).map(([name, rows]) => (
          <section key={name} aria-label={name}>
            <Title order={3} mb="xs">
              {name}
            </Title>
            <Stack gap={6}>
              {rows.map(([keys, does]) => (
                <Group key={does} justify="space-between" wrap="nowrap" gap="xs">
                  <Text size="sm">{does}</Text>
                  <Group gap={4} wrap="nowrap">
                    {keys.map((key) => (
                      <Kbd key={key} size="xs">
                        {key}
                      </Kbd>
                    ))}
                  </Group>
                </Group>
              ))}
            </Stack>
          </section>
        ))}
      </SimpleGrid>
    </Modal>
  );
}
