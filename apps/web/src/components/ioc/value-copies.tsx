import { Group } from "@mantine/core";
import { CopyIcon } from "../ui/copy";
import { canDefang } from "./defang";
import { DefangCopy } from "./defang-copy";
import type { IocType } from "./ioc-labels";

/** The buttons beside a value: copy as it is, copy defanged. */
export function ValueCopies({ type, value }: { type: IocType; value: string }) {
  return (
    <Group gap={2} wrap="nowrap" display="inline-flex">
      <CopyIcon value={value} label="Copy value" />
      {canDefang(type) && <DefangCopy type={type} value={value} />}
    </Group>
  );
}
