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
        description="ID, alias or title of the collection. Leave empty if the URL points to the collection, or if the server has only one."
        {...form.getInputProps("collection")}
      />
    );
  }
  if (!ownFeedFormats[format].mapped && format !== "plain") return null;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: format === "csv" ? 4 : 2 }}>
        <NativeSelect
          label="Value type"
          data={[{ value: "auto", label: "Detect automatically" }, ...typeOptions]}
          {...form.getInputProps("valueType")}
        />
        {(format === "plain" || format === "csv") && (
          <NativeSelect label="Comment prefix" data={[...commentMarks]} {...form.getInputProps("comment")} />
        )}
        {format === "csv" && (
          <>
            <NativeSelect label="Separator" data={optionsOf(separators)} {...form.getInputProps("separator")} />
            <NativeSelect label="Header" data={optionsOf(csvHeaders)} {...form.getInputProps("header")} />
          </>
        )}
        {format === "json" && (
          <Autocomplete
            label="Path to the records"
            placeholder="data.items"
            data={paths.filter(Boolean)}
            {...form.getInputProps("path")}
          />
        )}
      </SimpleGrid>
      {ownFeedFormats[format].mapped && (
        <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
          <Text component="legend" size="sm" fw={560} mb={6}>
            {format === "csv" ? "Columns" : "Fields"}
          </Text>
          <Text size="xs" c="dimmed" mb="xs">
            {format === "csv"
              ? "Column names, or column numbers from 1 if there is no header. The preview lists the columns."
              : "Dotted paths such as network.ip. The preview lists the fields."}
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
