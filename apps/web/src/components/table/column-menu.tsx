import { ActionIcon, Button, Checkbox, Group, Popover, SegmentedControl, Stack, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconColumns3 } from "@tabler/icons-react";
import type { Layout } from "./use-layout";

/** Which columns a table has, in which order, and how high its rows are. */
export function ColumnMenu<Row>({ layout }: { layout: Layout<Row> }) {
  const { columns, density } = layout;
  return (
    <Popover position="bottom-end" width={300} shadow="md" trapFocus>
      <Popover.Target>
        <Tooltip label="Columns and rows">
          <ActionIcon variant="default" size={30} aria-label="Columns and rows">
            <IconColumns3 size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns and rows">
        <Stack gap="sm">
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label="Height of rows"
            value={density}
            onChange={(value) => layout.setDensity(value === "comfortable" ? "comfortable" : "dense")}
            data={[
              { value: "dense", label: "Dense" },
              { value: "comfortable", label: "Comfortable" },
            ]}
          />
          <Stack gap={4}>
            {columns.map(({ column, shown }, index) => (
              <Group key={column.id} justify="space-between" wrap="nowrap" gap={4}>
                <Checkbox
                  size="xs"
                  label={column.label}
                  checked={shown}
                  disabled={column.shown === "always"}
                  onChange={(event) => layout.show(column.id, event.currentTarget.checked)}
                />
                <Group gap={2} wrap="nowrap">
                  <ActionIcon
                    size="sm"
                    aria-label={`${column.label}: earlier`}
                    disabled={index === 0}
                    onClick={() => layout.move(column.id, -1)}
                  >
                    <IconArrowUp size={13} />
                  </ActionIcon>
                  <ActionIcon
                    size="sm"
                    aria-label={`${column.label}: later`}
                    disabled={index === columns.length - 1}
                    onClick={() => layout.move(column.id, 1)}
                  >
                    <IconArrowDown size={13} />
                  </ActionIcon>
                </Group>
              </Group>
            ))}
          </Stack>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={layout.reset}>
            As it was
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
