import { Button, Group, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";

type Props = { value: string; busy: boolean; onLookup: (value: string) => void };

export function LookupForm({ value, busy, onLookup }: Props) {
  const [text, setText] = useState(value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "") onLookup(text.trim());
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <TextInput
          style={{ flex: "1 1 260px" }}
          size="md"
          label="Value"
          description="IP address, network, domain, URL, hash, email address, CVE or ATT&CK ID. Defanged values are accepted."
          placeholder="hxxps://malware[.]example/dropper"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<IconSearch size={18} />}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          maxLength={2048}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          data-autofocus
          autoFocus={value === ""}
        />
        <Button type="submit" size="md" w={{ base: "100%", xs: "auto" }} loading={busy} disabled={text.trim() === ""}>
          Look up
        </Button>
      </Group>
    </form>
  );
}
