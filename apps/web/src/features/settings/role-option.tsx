import { Text } from "@mantine/core";
import { roleCatalog } from "@tocsin/core/access";
import { kindIn } from "../../lib/tables";

/** A role among others to choose from, with what it may do. */
export function RoleOption({ value }: { value: string }) {
  const role = kindIn(roleCatalog, value);
  return (
    <div>
      <Text size="sm">{role ? roleCatalog[role].label : value}</Text>
      <Text size="xs" c="dimmed">
        {role && roleCatalog[role].words}
      </Text>
    </div>
  );
}
