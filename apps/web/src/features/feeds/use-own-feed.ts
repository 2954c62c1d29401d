import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toastDone } from "../../components/ui/toast";
import { fieldErrors } from "../../lib/field-errors";
import { trpc } from "../../lib/trpc";
import {
  emptyFeed,
  guessMapping,
  type inputOf,
  type OwnFeed,
  type OwnFeedValues,
  sourceOf,
  valuesOf,
} from "./own-feed-form";
import { ownFeedAuths, ownFeedFormats } from "./own-feed-words";

/** The server's names of fields, and the form's. */
export const ownFeedFieldNames = { name: "name", url: "url", auth: "secret", licence: "licenceUrl" } as const;

export type OwnFeedFormApi = ReturnType<typeof useOwnFeedForm>;

export function useOwnFeedForm(feed: OwnFeed | null) {
  return useForm<OwnFeedValues>({
    initialValues: feed ? valuesOf(feed) : emptyFeed,
    validate: {
      name: (name) => (name.trim() ? null : "Enter a name"),
      url: (url) => (URL.canParse(url.trim()) ? null : "Enter a URL such as https://feeds.example.org/list.csv"),
      fields: {
        value: (place, { format }) =>
          ownFeedFormats[format].mapped && place.trim() === "" ? "Enter where the value is" : null,
      },
      authName: (name, { authKind }) => (name.trim() === "" && ownFeedAuths[authKind].name ? "Enter a name" : null),
    },
  });
}

/** The preview, asked for again while the one before shows how the table is to be read. */
export function useLook(feed: OwnFeed | null, form: OwnFeedFormApi) {
  const onError = (error: unknown) => form.setErrors(fieldErrors(error, ownFeedFieldNames));
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

export function useSaving(feed: OwnFeed | null, form: OwnFeedFormApi, onSaved: (id: string) => void) {
  const queries = useQueryClient();
  const done = async ({ data }: { data: { id: string; name: string } }) => {
    toastDone(
      feed ? `${data.name} was changed and will be pulled now.` : `${data.name} was added and will be pulled now.`,
    );
    await queries.invalidateQueries({ queryKey: trpc.feeds.pathKey() });
    await queries.invalidateQueries({ queryKey: trpc.ownFeeds.pathKey() });
    onSaved(data.id);
  };
  const onError = (error: unknown) => form.setErrors(fieldErrors(error, ownFeedFieldNames));
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
