import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { AllowedIpsInput } from "../../components/key/allowed-ips-input";
import { checkAllowedIps, checkKeyName } from "../../components/key/key-checks";
import { NewSecret } from "../../components/ui/new-secret";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { instanceUrl } from "../../lib/base";
import { fieldErrors } from "../../lib/field-errors";
import { rowsOf } from "../../lib/tables";
import { type Inputs, trpc } from "../../lib/trpc";
import { type TokenFormValues, tokenCurlLine, tokenExpiryChoices, tokenScopeNotes, toTokenInput } from "./token-form";

/** First the form, then, in the same place, the secret: this one time. */
export function CreateTokenModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      // The answer holds the secret: it must not outlive this dialog.
      gcTime: 0,
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.tokens.list.pathKey() }),
    }),
  );
  const created = create.data?.data;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={create.reset}
      title={created ? "Store this token now" : "Create management token"}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={!created && !create.isPending}
      withCloseButton={!created}
    >
      {created ? (
        <NewSecret
          name={created.name}
          secret={created.token}
          copyLabel="Copy token"
          advice="Only a hash of the token is stored, so it cannot be shown again. Store it in the secret manager of your automation, not in its code."
          example={tokenCurlLine(instanceUrl, { secret: created.token, scopes: created.scopes })}
          onStored={onClose}
        />
      ) : (
        <TokenForm
          busy={create.isPending}
          error={create.error}
          onSubmit={(input) => create.mutate(input)}
          onCancel={onClose}
        />
      )}
    </Modal>
  );
}

type FormProps = {
  busy: boolean;
  error: unknown;
  onSubmit: (input: Inputs["tokens"]["create"]) => void;
  onCancel: () => void;
};

const names = { name: "name", expires_in_days: "expires", scopes: "scopes", allowed_ips: "allowedIps" } as const;

function TokenForm({ busy, error, onSubmit, onCancel }: FormProps) {
  const form = useForm<TokenFormValues>({
    initialValues: { name: "", expires: "90", scopes: ["manage:keys:read"], allowedIps: [] },
    validate: {
      name: checkKeyName,
      scopes: (value) => (value.length === 0 ? "Choose at least one" : null),
      allowedIps: checkAllowedIps,
    },
  });
  const { setErrors } = form;
  useEffect(() => {
    if (error) setErrors(fieldErrors(error, names));
  }, [error, setErrors]);
  return (
    <form onSubmit={form.onSubmit((values) => onSubmit(toTokenInput(values)))} noValidate>
      <Stack gap="md">
        {error ? <ProblemAlert error={error} title="The token was not created" /> : null}
        <TextInput
          label="Name"
          description="Which automation uses the token, and where. The audit log shows this name."
          placeholder="Terraform, production"
          required
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <Select label="Expires" allowDeselect={false} data={tokenExpiryChoices} {...form.getInputProps("expires")} />
        <Checkbox.Group label="Scopes" description="What the token may do." {...form.getInputProps("scopes")}>
          <Stack mt="xs" gap="xs">
            {rowsOf(tokenScopeNotes).map(([scope, note]) => (
              <Checkbox key={scope} value={scope} label={scope} description={note} />
            ))}
          </Stack>
        </Checkbox.Group>
        <AllowedIpsInput
          credential="token"
          {...form.getInputProps("allowedIps")}
          value={form.values.allowedIps}
          onChange={(entries) => form.setFieldValue("allowedIps", entries)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Create token
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
