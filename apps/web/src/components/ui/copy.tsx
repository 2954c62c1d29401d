import { ActionIcon, Button, Code, CopyButton, Group, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";

export type CopyProps = { value: string; label: string; size?: "xs" | "sm" | "md" };

/** A small button that copies `value`; `label` says what. */
export function CopyIcon({ value, label, size = "sm" }: CopyProps) {
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : label}>
          <ActionIcon
            size={size}
            color={copied ? "teal" : "gray"}
            aria-label={copied ? "Copied" : label}
            onClick={(event) => {
              event.stopPropagation();
              copy();
            }}
          >
            {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** A block of text to be taken away, whole, with its button. */
export function CopyBlock({ value, label }: { value: string; label: string }) {
  return (
    <Group gap="xs" wrap="nowrap" align="stretch">
      <Code block className="wrap-anywhere" style={{ flex: 1, whiteSpace: "pre-wrap", minWidth: 0 }} fz="0.8125rem">
        {value}
      </Code>
      <CopyButton value={value} timeout={1500}>
        {({ copied, copy }) => (
          <Button
            variant={copied ? "light" : "default"}
            onClick={copy}
            aria-label={copied ? "Copied" : label}
            px="sm"
            style={{ alignSelf: "flex-start" }}
          >
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
