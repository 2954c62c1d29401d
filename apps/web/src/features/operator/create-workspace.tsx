import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { checkName } from "../../components/account/account-fields";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { fieldErrors } from "../../lib/field-errors";
import { useMe } from "../../lib/me";
import { trpc } from "../../lib/trpc";

/** Makes a workspace for somebody who has an account, also where sign-up is closed. */
export function CreateWorkspace() {
  const { user } = useMe();
  const [opened, setOpened] = useState(false);
  const queries = useQueryClient();
  const form = useForm({ initialValues: { name: "", owner: user.email }, validate: { name: checkName } });
  const create = useMutation(
    trpc.workspaces.create.mutationOptions({
      onSuccess: async ({ name }) => {
        await queries.invalidateQueries({ queryKey: trpc.workspaces.pathKey() });
        await queries.invalidateQueries({ queryKey: trpc.me.get.pathKey() });
        toastDone(`${name} is created.`);
        setOpened(false);
        form.reset();
      },
      onError: (error) => form.setErrors(fieldErrors(error, { name: "name", owner: "owner" })),
    }),
  );
  return (
    <>
      <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened(true)}>
        Create workspace
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        onExitTransitionEnd={create.reset}
        title="Create workspace"
      >
        <form
          onSubmit={form.onSubmit(({ name, owner }) => create.mutate({ name: name.trim(), owner: owner.trim() }))}
          noValidate
        >
          <Stack gap="md">
            {create.isError && <ProblemAlert error={create.error} title="The workspace was not created" />}
            <TextInput label="Name" required data-autofocus {...form.getInputProps("name")} />
            <TextInput
              label="Owner"
              type="email"
              required
              description="The address of somebody who has an account. Owners invite others."
              {...form.getInputProps("owner")}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => setOpened(false)}>
                Cancel
              </Button>
              <Button type="submit" loading={create.isPending}>
                Create workspace
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
