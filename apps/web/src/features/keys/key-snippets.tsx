import { Button, Group, Select, Stack } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { saveText } from "../../components/table/csv";
import { CopyBlock } from "../../components/ui/copy";
import { instanceUrl } from "../../lib/base";
import { kindIn, rowsOf } from "../../lib/tables";
import { snippets } from "./snippets";

/** A first request with the new key, for the program that will use it. */
export function KeySnippets({ secret }: { secret: string }) {
  const [kind, setKind] = useState<keyof typeof snippets>("curl");
  const { file, text } = snippets[kind];
  const shown = text(instanceUrl, secret);
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end">
        <Select
          label="Try it with"
          data={rowsOf(snippets).map(([value, { label }]) => ({ value, label }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => setKind(kindIn(snippets, value) ?? "curl")}
        />
        <Button
          variant="default"
          leftSection={<IconDownload size={15} />}
          onClick={() => saveText(`${shown}\n`, file, "text/plain;charset=utf-8")}
        >
          Download
        </Button>
      </Group>
      <CopyBlock value={shown} label="Copy command" />
    </Stack>
  );
}
