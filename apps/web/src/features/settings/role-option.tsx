import { Text } from "@mantine/core";
import { kindIn } from "../../lib/tables";
import { roles } from "./members";

/** A role among others to choose from, with what it may do. */
export function RoleOption({ value }: { value: string }) {
  const role = kindIn(roles, value);
  return (
    <div>
      <Text size="sm">{role ? roles[role].label : value}</Text>
      <Text size="xs" c="dimmed">
        {role && roles[role].note}
      </Text>
    </div>
  );
}
