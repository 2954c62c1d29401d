import { Alert, Button, Checkbox, Group, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CopyBlock } from "../../components/ui/copy";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { Time } from "../../components/ui/time";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { fieldErrors } from "../../lib/field-errors";
import { type Outputs, trpc } from "../../lib/trpc";
import { noticeKindNames, noticeLabels } from "./notice-labels";
import { keepSecret, takeSecret } from "./shown-secret";

type Webhook = NonNullable<Outputs["webhooks"]["get"]["data"]>;

const names = { url: "url", kinds: "kinds" } as const;

/** The workspace's one webhook. */
export function WebhookForm({ webhook }: { webhook: Webhook | null }) {
  const { form, save } = useWebhookForm(webhook);
  const submit = (rotate: boolean) =>
    form.onSubmit(({ url, kinds, enabled }) => save.mutate({ url: url.trim(), kinds, enabled, rotate_secret: rotate }));
  const elsewhere = save.isError && Object.keys(fieldErrors(save.error, names)).length === 0;
  return (
    <Section
      title="Webhook"
      note="Each notice is sent as a JSON POST request, signed as defined by Standard Webhooks, and retried for one day."
    >
      <form onSubmit={submit(false)} noValidate>
        <Stack gap="md">
          <SecretNote />
          {webhook?.off_reason && (
            <Alert color="orange" icon={<IconAlertTriangle size={18} />} title="Switched off">
              {webhook.off_reason} Switch it on and save to try again.
            </Alert>
          )}
          {elsewhere && <ProblemAlert error={save.error} title="The webhook was not saved" />}
          <TextInput label="URL" required placeholder="https://" type="url" {...form.getInputProps("url")} />
          <Checkbox.Group label="Notices to send" required {...form.getInputProps("kinds")}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" mt={8}>
              {noticeKindNames.map((kind) => (
                <Checkbox
                  key={kind}
                  value={kind}
                  label={noticeLabels[kind].label}
                  description={noticeLabels[kind].note}
                />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
          <Switch label="Enabled" {...form.getInputProps("enabled", { type: "checkbox" })} />
          {webhook?.previous_secret_until && (
            <Alert color="blue" variant="light">
              Until <Time value={webhook.previous_secret_until} as="full" />, messages are also signed with the previous
              secret.
            </Alert>
          )}
          <Group gap="xs">
            <Button type="submit" loading={save.isPending}>
              {webhook ? "Save" : "Create webhook"}
            </Button>
            {webhook && <Changes busy={save.isPending} onRotate={() => submit(true)()} />}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function useWebhookForm(webhook: Webhook | null) {
  const queries = useQueryClient();
  const form = useForm({
    initialValues: {
      url: webhook?.url ?? "",
      kinds: webhook?.kinds ?? noticeKindNames,
      enabled: webhook?.enabled ?? true,
    },
    validate: {
      url: (url) => (URL.canParse(url.trim()) ? null : "Enter a URL such as https://hooks.example.org/tocsin"),
      kinds: (kinds) => (kinds.length > 0 ? null : "Choose at least one"),
    },
  });
  const save = useMutation(
    trpc.webhooks.set.mutationOptions({
      onSuccess: async ({ secret }) => {
        keepSecret(secret);
        toastDone("The webhook is saved.");
        await queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
      },
      onError: (error) => form.setErrors(fieldErrors(error, names)),
    }),
  );
  return { form, save };
}

/** What one does with a webhook that there is; removing it takes two clicks. */
function Changes({ busy, onRotate }: { busy: boolean; onRotate: () => void }) {
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const remove = useMutation(
    trpc.webhooks.remove.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() }),
      onError: (error) => toastProblem(error, "The webhook was not removed"),
    }),
  );
  return (
    <>
      <Button variant="default" disabled={busy} onClick={onRotate}>
        Rotate secret
      </Button>
      <Button
        variant={sure ? "filled" : "subtle"}
        color="red"
        loading={remove.isPending}
        onBlur={() => setSure(false)}
        onClick={() => (sure ? remove.mutate() : setSure(true))}
      >
        {sure ? "Confirm removal" : "Remove webhook"}
      </Button>
    </>
  );
}

/** The secret that the last saving made; gone when the page is left. */
function SecretNote() {
  const [secret] = useState(takeSecret);
  if (secret === null) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title="The signing secret is shown only once">
      <Stack gap="xs">
        Configure the receiver with it to verify that messages come from this instance.
        <CopyBlock value={secret} label="Copy the signing secret" />
      </Stack>
    </Alert>
  );
}
