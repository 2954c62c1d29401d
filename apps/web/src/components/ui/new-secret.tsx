import { Alert, Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { CopyBlock } from "./copy";

type Props = {
  name: string;
  secret: string;
  copyLabel: string;
  /** Where it belongs, and where not. */
  advice: ReactNode;
  /** A command that uses it, or ways to try it. */
  example: ReactNode;
  /** What else there is to know before it is stored. */
  children?: ReactNode;
  /** Beside the last button, once it is stored. */
  onward?: ReactNode;
  onStored: () => void;
};

/** A new secret, shown once; it goes only after its reader has said that it is stored. */
export function NewSecret({ name, secret, copyLabel, advice, example, children, onward, onStored }: Props) {
  const [stored, setStored] = useState(false);
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title="It is shown only once">
        {advice}
      </Alert>
      {children}
      <div>
        <Text size="sm" fw={560} mb={4}>
          {name}
        </Text>
        <CopyBlock value={secret} label={copyLabel} />
      </div>
      {typeof example === "string" ? (
        <div>
          <Text size="sm" fw={560} mb={4}>
            Try it
          </Text>
          <CopyBlock value={example} label="Copy command" />
        </div>
      ) : (
        example
      )}
      <Checkbox
        label="I have stored it"
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
      />
      <Group justify="flex-end" gap="xs">
        {stored && onward}
        <Button disabled={!stored} onClick={onStored}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
