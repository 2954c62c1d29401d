import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconLinkOff } from "@tabler/icons-react";
import { defang } from "./defang";
import type { IocType } from "./ioc-labels";

/** Copies the value in a form that no program makes a link of. */
export function DefangCopy({ type, value }: { type: IocType; value: string }) {
  return (
    <CopyButton value={defang(type, value)} timeout={1500}>
      {({ copied, copy }) => {
        const label = copied ? "Copied" : "Copy defanged";
        return (
          <Tooltip label={label}>
            <ActionIcon
              size="sm"
              color={copied ? "teal" : "gray"}
              aria-label={label}
              onClick={(event) => {
                event.stopPropagation();
                copy();
              }}
            >
              {copied ? <IconCheck size={15} /> : <IconLinkOff size={15} />}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </CopyButton>
  );
}
