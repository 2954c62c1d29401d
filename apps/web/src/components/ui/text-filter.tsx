import { TextInput, type TextInputProps } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";

type Props = Omit<TextInputProps, "value" | "onChange"> & {
  value: string;
  onChange: (value: string) => void;
};

/** A text field that reports once its writer pauses, and shows what it is given when nobody writes in it. */
export function TextFilter({ value, onChange, ...rest }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const report = useDebouncedCallback(onChange, { delay: 350, flushOnUnmount: false });
  return (
    <TextInput
      {...rest}
      value={draft ?? value}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        report(event.currentTarget.value.trim());
      }}
      onBlur={() => {
        report.flush();
        setDraft(null);
      }}
    />
  );
}
