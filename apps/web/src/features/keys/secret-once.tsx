import { Alert, Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { CopyBlock } from "../../components/ui/copy";
import { ButtonLink } from "../../components/ui/links";
import { curlLine } from "./curl";

type Props = {
  id: string;
  name: string;
  secret: string;
  /** What the server says about it. */
  warning?: string | undefined;
  onStored: () => void;
  /** What else there is to know before it is stored. */
  children?: ReactNode;
};

/** The secret of a new key, shown once; it goes only after its reader has said that it is stored. */
export function SecretOnce({ id, name, secret, warning, onStored, children }: Props) {
  const [stored, setStored] = useState(false);
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title="It is shown this one time">
        {warning ?? "Only a hash of it is kept here, so nobody can read it again."} Put it into a secret store, not into
        a chat or a ticket.
      </Alert>
      {children}
      <div>
        <Text size="sm" fw={560} mb={4}>
          {name}
        </Text>
        <CopyBlock value={secret} label="Copy key" />
      </div>
      <div>
        <Text size="sm" fw={560} mb={4}>
          Try it
        </Text>
        <CopyBlock value={curlLine(window.location.origin, secret)} label="Copy command" />
      </div>
      <Checkbox
        label="I have stored it"
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
      />
      <Group justify="flex-end" gap="xs">
        {stored && (
          <ButtonLink to="/keys/$keyId" params={{ keyId: id }} variant="default" onClick={onStored}>
            Show details
          </ButtonLink>
        )}
        <Button disabled={!stored} onClick={onStored}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
