import { NumberInput, Select, SimpleGrid, Switch } from "@mantine/core";
import type { ComponentType } from "react";
import type { Choices, Export } from "./export-request";

type Option = Export["options"][number];
type Props = { options: readonly Option[]; choices: Choices; onChange: (name: string, value: string) => void };

/** The format's own options, as the server describes them. */
export function OptionFields({ options, choices, onChange }: Props) {
  if (options.length === 0) return null;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" style={{ alignItems: "start" }}>
      {options.map((option) => (
        <OptionField
          key={option.name}
          option={option}
          value={choices[option.name] ?? ""}
          onChange={(value) => onChange(option.name, value)}
        />
      ))}
    </SimpleGrid>
  );
}

type FieldProps = { option: Option; value: string; onChange: (value: string) => void };

const fields = { choice: ChoiceField, flag: FlagField, number: NumberField } as const satisfies Record<
  Option["kind"],
  ComponentType<FieldProps>
>;

function OptionField(props: FieldProps) {
  const Field = fields[props.option.kind];
  return <Field {...props} />;
}

function wordsOf({ name, description }: Option) {
  return { label: labelOf(name), description, size: "xs" } as const;
}

function ChoiceField({ option, value, onChange }: FieldProps) {
  return (
    <Select
      {...wordsOf(option)}
      data={option.values}
      value={value || option.default}
      placeholder="Depends on the record"
      clearable={option.default === null}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen === option.default ? "" : (chosen ?? ""))}
    />
  );
}

function FlagField({ option, value, onChange }: FieldProps) {
  return (
    <Switch
      {...wordsOf(option)}
      checked={(value || option.default) === "true"}
      onChange={(event) => {
        const chosen = String(event.currentTarget.checked);
        onChange(chosen === option.default ? "" : chosen);
      }}
    />
  );
}

function NumberField({ option, value, onChange }: FieldProps) {
  return (
    <NumberInput
      {...wordsOf(option)}
      {...(option.minimum === null ? {} : { min: option.minimum })}
      {...(option.maximum === null ? {} : { max: option.maximum })}
      allowDecimal={false}
      value={value || option.default || ""}
      onChange={(chosen) => onChange(String(chosen) === option.default ? "" : String(chosen))}
    />
  );
}

function labelOf(name: string): string {
  // Beside the choice of the format itself.
  if (name === "format") return "Variant";
  const words = name.replaceAll("_", " ").replace(/\b(tlp|sid)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
