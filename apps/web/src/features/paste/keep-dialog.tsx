import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { trpc } from "../../lib/trpc";

const days = ["1", "7", "14", "30"].map((value) => ({ value, label: value === "1" ? "1 day" : `${value} days` }));

/** Keeps the text by a link that everybody in the workspace can open, until it expires. */
export function KeepDialog({ text, onClose }: { text: string; onClose: () => void }) {
  const [title, setTitle] = useState("");
  const [kept, setKept] = useState("7");
  const navigate = useNavigate();
  const client = useQueryClient();
  const keep = useMutation(
    trpc.pastes.keep.mutationOptions({
      onSuccess: async ({ data }) => {
        await client.invalidateQueries({ queryKey: trpc.pastes.pathKey() });
        await navigate({ to: "/paste/$pasteId", params: { pasteId: data.id } });
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() !== "") keep.mutate({ title: title.trim(), text, days: Number(kept) });
  };
  return (
    <Modal opened onClose={onClose} title="Keep by a link">
      <form onSubmit={submit}>
        <Stack gap="md">
          {keep.isError && <ProblemAlert error={keep.error} title="The text was not kept" />}
          <Text size="sm">
            The whole text is stored. Every member of this workspace can open the link, nobody else; the audit log says
            who kept it. Leave out what your team must not see.
          </Text>
          <TextInput
            label="Title"
            required
            maxLength={100}
            placeholder="Phishing mail of Tuesday"
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            data-autofocus
          />
          <Select
            label="Deleted after"
            data={days}
            allowDeselect={false}
            value={kept}
            onChange={(value) => setKept(value ?? "7")}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={keep.isPending} disabled={title.trim() === ""}>
              Keep
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
