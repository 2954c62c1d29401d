import { Button, CloseButton, Group, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";

type Props = {
  label: string;
  placeholder: string;
  minLength?: number;
  maxLength: number;
  q: string;
  onSearch: (q: string) => void;
};

/** A search that is asked for by Enter or its button. */
export function SearchBox({ label, placeholder, minLength = 1, maxLength, q, onSearch }: Props) {
  const [text, setText] = useState(q);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(text.trim());
  };
  const clear = () => {
    setText("");
    onSearch("");
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          aria-label={label}
          placeholder={placeholder}
          style={{ flex: 1, maxWidth: 560 }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<IconSearch size={15} />}
          rightSection={text !== "" && <CloseButton size="sm" aria-label="Clear search" onClick={clear} />}
          minLength={minLength}
          maxLength={maxLength}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
        />
        <Button type="submit" variant="default">
          Search
        </Button>
      </Group>
    </form>
  );
}
