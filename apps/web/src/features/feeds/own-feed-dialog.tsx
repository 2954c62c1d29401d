import { Button, Divider, Group, Modal, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconEye } from "@tabler/icons-react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { fieldErrors } from "../../lib/field-errors";
import { OwnFeedAbout } from "./own-feed-about";
import { inputOf, type OwnFeed } from "./own-feed-form";
import { OwnFeedMapping } from "./own-feed-mapping";
import { OwnFeedPreview } from "./own-feed-preview";
import { OwnFeedSource } from "./own-feed-source";
import { ownFeedFieldNames, useLook, useOwnFeedForm, useSaving } from "./use-own-feed";

type Props = { opened: boolean; feed: OwnFeed | null; onClose: () => void; onSaved: (id: string) => void };

/** Adds a feed of the instance's own, or changes one. */
export function OwnFeedDialog({ opened, feed, onClose, onSaved }: Props) {
  const small = useMediaQuery("(max-width: 48em)");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={feed ? `Edit ${feed.name}` : "Add feed"}
      size="xl"
      fullScreen={small ?? false}
      closeOnClickOutside={false}
    >
      <OwnFeedForm key={feed?.updated_at ?? "new"} feed={feed} onClose={onClose} onSaved={onSaved} />
    </Modal>
  );
}

function OwnFeedForm({ feed, onClose, onSaved }: Omit<Props, "opened">) {
  const form = useOwnFeedForm(feed);
  const save = useSaving(feed, form, onSaved);
  const { look, check } = useLook(feed, form);
  const elsewhere = save.isError && Object.keys(fieldErrors(save.error, ownFeedFieldNames)).length === 0;
  const preview = look.data?.data;
  return (
    <form onSubmit={form.onSubmit((all) => save.mutate(inputOf(all)))} noValidate>
      <Stack gap="md">
        <OwnFeedSource form={form} stored={feed?.auth.stored ?? false} />
        <OwnFeedMapping form={form} columns={preview?.columns ?? []} paths={preview?.paths ?? []} />
        <Group>
          <Button
            variant="default"
            leftSection={<IconEye size={16} />}
            loading={look.isPending}
            onClick={() => void check()}
          >
            Preview
          </Button>
        </Group>
        {look.isError && <ProblemAlert error={look.error} title="The preview failed" />}
        {preview && !look.isPending && <OwnFeedPreview preview={preview} />}
        <Divider />
        <OwnFeedAbout form={form} />
        {elsewhere && <ProblemAlert error={save.error} title="The feed was not saved" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={save.isPending}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {feed ? "Save" : "Add feed"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
