import { Autocomplete, NativeSelect, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { commentMarks, type MappedField, mappedFields } from "@tocsin/core/own-feeds/shape";
import { typeOptions } from "../../components/ioc/ioc-labels";
import { optionsOf } from "../../lib/tables";
import { csvHeaders, fieldLabels, ownFeedFormats, separators } from "./own-feed-words";
import type { OwnFeedFormApi } from "./use-own-feed";

type Props = { form: OwnFeedFormApi; columns: readonly string[]; paths: readonly string[] };

/** How a body of the chosen format is read. */
export function OwnFeedMapping({ form, columns, paths }: Props) {
  const { format } = form.values;
  if (format === "taxii") {
    return (
      <TextInput
        label="Collection"
        description="Its id, alias or title. Empty where the URL is the collection's, or the server has only one."
        {...form.getInputProps("collection")}
      />
    );
  }
  if (!ownFeedFormats[format].mapped && format !== "plain") return null;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: format === "csv" ? 4 : 2 }}>
        <NativeSelect
          label="Type of the values"
          data={[{ value: "auto", label: "As they look" }, ...typeOptions]}
          {...form.getInputProps("valueType")}
        />
        {(format === "plain" || format === "csv") && (
          <NativeSelect label="Comments begin with" data={[...commentMarks]} {...form.getInputProps("comment")} />
        )}
        {format === "csv" && (
          <>
            <NativeSelect label="Separator" data={optionsOf(separators)} {...form.getInputProps("separator")} />
            <NativeSelect label="Header" data={optionsOf(csvHeaders)} {...form.getInputProps("header")} />
          </>
        )}
        {format === "json" && (
          <Autocomplete
            label="Path of the records"
            placeholder="data.items"
            data={paths.filter(Boolean)}
            {...form.getInputProps("path")}
          />
        )}
      </SimpleGrid>
      {ownFeedFormats[format].mapped && (
        <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
          <Text component="legend" size="sm" fw={560} mb={6}>
            {format === "csv" ? "Columns" : "Members"}
          </Text>
          <Text size="xs" c="dimmed" mb="xs">
            {format === "csv"
              ? "Names of the header, or numbers from 1 where there is none. A preview lists what there is."
              : "Paths with dots between, such as network.ip. A preview lists what there is."}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} spacing="xs">
            {mappedFields.map((field) => (
              <MappedPlace key={field} field={field} form={form} columns={columns} />
            ))}
          </SimpleGrid>
        </fieldset>
      )}
    </Stack>
  );
}

function MappedPlace({
  field,
  form,
  columns,
}: {
  field: MappedField;
  form: OwnFeedFormApi;
  columns: readonly string[];
}) {
  return (
    <Autocomplete
      label={fieldLabels[field]}
      required={field === "value"}
      size="xs"
      data={[...new Set(columns)]}
      limit={60}
      {...form.getInputProps(`fields.${field}`)}
    />
  );
}
