import { Text } from "@mantine/core";
import { roleChoices } from "./members";

/** A role among others to choose from, with what it may do. */
export function RoleOption({ value }: { value: string }) {
  const role = roleChoices.find((choice) => choice.value === value);
  return (
    <div>
      <Text size="sm">{role?.label ?? value}</Text>
      <Text size="xs" c="dimmed">
        {role?.note}
      </Text>
    </div>
  );
}
