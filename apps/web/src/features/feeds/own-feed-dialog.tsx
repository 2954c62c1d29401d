import { Button, Divider, Group, Modal, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMediaQuery } from "@mantine/hooks";
import { IconEye } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { fieldErrors } from "../../lib/field-errors";
import { trpc } from "../../lib/trpc";
import { OwnFeedAbout } from "./own-feed-about";
import {
  emptyFeed,
  guessMapping,
  inputOf,
  type OwnFeed,
  type OwnFeedValues,
  sourceOf,
  valuesOf,
} from "./own-feed-form";
import { OwnFeedMapping } from "./own-feed-mapping";
import { OwnFeedPreview } from "./own-feed-preview";
import { OwnFeedSource } from "./own-feed-source";
import { ownFeedAuths, ownFeedFormats } from "./own-feed-words";

type Props = { opened: boolean; feed: OwnFeed | null; onClose: () => void; onSaved: (id: string) => void };

/** The server's names of fields, and the form's. */
const names = { name: "name", url: "url", auth: "secret", licence: "licenceUrl" } as const;

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
  const elsewhere = save.isError && Object.keys(fieldErrors(save.error, names)).length === 0;
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
        {look.isError && <ProblemAlert error={look.error} title="It could not be looked at" />}
        {preview && !look.isPending && <OwnFeedPreview preview={preview} />}
        <Divider />
        <OwnFeedAbout form={form} />
        {elsewhere && <ProblemAlert error={save.error} title="The feed is not saved" />}
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

export type OwnFeedFormApi = ReturnType<typeof useOwnFeedForm>;

function useOwnFeedForm(feed: OwnFeed | null) {
  return useForm<OwnFeedValues>({
    initialValues: feed ? valuesOf(feed) : emptyFeed,
    validate: {
      name: (name) => (name.trim() ? null : "A name for it"),
      url: (url) => (URL.canParse(url.trim()) ? null : "A URL such as https://feeds.example.org/list.csv"),
      fields: {
        value: (place, { format }) =>
          ownFeedFormats[format].mapped && place.trim() === "" ? "Where a record's value stands" : null,
      },
      authName: (name, { authKind }) => (name.trim() === "" && ownFeedAuths[authKind].name ? "Enter a name" : null),
    },
  });
}

/** The preview, asked for again while the one before shows how the table is to be read. */
function useLook(feed: OwnFeed | null, form: OwnFeedFormApi) {
  const onError = (error: unknown) => form.setErrors(fieldErrors(error, names));
  const look = useMutation(trpc.ownFeeds.preview.mutationOptions({ onError }));
  const check = async () => {
    form.clearErrors();
    if (form.validateField("url").hasError) return;
    let values = form.getValues();
    for (let looks = 0; looks < 3; looks++) {
      const answer = await look.mutateAsync(lookInput(values, feed)).catch(() => null);
      const guess = answer && guessMapping(values, answer.data.columns);
      if (!guess || guess === values) return;
      form.setValues({ separator: guess.separator, fields: guess.fields });
      values = guess;
    }
  };
  return { look, check };
}

/** A look before anything is mapped is what shows what there is to map. */
function lookInput(values: OwnFeedValues, feed: OwnFeed | null) {
  const unmapped = ownFeedFormats[values.format].mapped && values.fields.value === "";
  const fields = unmapped ? { ...values.fields, value: values.header === "none" ? "1" : "value" } : values.fields;
  return { ...sourceOf({ ...values, fields }), ...(feed ? { id: feed.id } : {}) };
}

function useSaving(feed: OwnFeed | null, form: OwnFeedFormApi, onSaved: (id: string) => void) {
  const queries = useQueryClient();
  const done = async ({ data }: { data: { id: string; name: string } }) => {
    toastDone(feed ? `${data.name} is changed, and due now.` : `${data.name} is added, and due now.`);
    await queries.invalidateQueries({ queryKey: trpc.feeds.pathKey() });
    await queries.invalidateQueries({ queryKey: trpc.ownFeeds.pathKey() });
    onSaved(data.id);
  };
  const onError = (error: unknown) => form.setErrors(fieldErrors(error, names));
  const add = useMutation(trpc.ownFeeds.add.mutationOptions({ onSuccess: done, onError }));
  const change = useMutation(trpc.ownFeeds.change.mutationOptions({ onSuccess: done, onError }));
  const active = feed ? change : add;
  return {
    isPending: active.isPending,
    isError: active.isError,
    error: active.error,
    mutate: (input: ReturnType<typeof inputOf>) =>
      feed ? change.mutate({ ...input, id: feed.id }) : add.mutate(input),
  };
}
