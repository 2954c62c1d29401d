import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { grantableOptions } from "./grantable";
import type { ProviderValues } from "./use-provider";

type Props = { form: UseFormReturnType<ProviderValues>; readOnly: boolean };

/** Which value of the role claim gives which role; the first that fits counts. */
export function RoleRules({ form, readOnly }: Props) {
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        Roles by value
      </Text>
      {form.values.rules.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules are told apart by their place alone
        <Group key={index} gap="xs" wrap="nowrap">
          <TextInput
            aria-label={`Value ${index + 1}`}
            placeholder="tocsin-admins"
            flex={1}
            readOnly={readOnly}
            {...form.getInputProps(`rules.${index}.value`)}
          />
          <Select
            aria-label={`Role ${index + 1}`}
            w={130}
            data={grantableOptions}
            allowDeselect={false}
            readOnly={readOnly}
            {...form.getInputProps(`rules.${index}.role`)}
          />
          <ActionIcon
            aria-label={`Remove rule ${index + 1}`}
            disabled={readOnly}
            onClick={() => form.removeListItem("rules", index)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          disabled={readOnly}
          onClick={() => form.insertListItem("rules", { value: "", role: "analyst" })}
        >
          Add rule
        </Button>
      </Group>
    </Stack>
  );
}
