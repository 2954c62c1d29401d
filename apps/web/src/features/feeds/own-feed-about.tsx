import { NativeSelect, NumberInput, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { tlps } from "@tocsin/core/values";
import { categoryOptions, confidenceOptions } from "../../components/ioc/ioc-labels";
import { optionsOf } from "../../lib/tables";
import { interval } from "./feed-health";
import { redistributions } from "./feed-words";
import type { OwnFeedFormApi } from "./use-own-feed";

const intervals = [300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800];

// Red is for named recipients, and every workspace of the instance reads every feed.
const offered = tlps.filter((value) => value !== "red");

/** What its values count as, what may be done with them, and how often they are asked for. */
export function OwnFeedAbout({ form }: { form: OwnFeedFormApi }) {
  const seconds = form.values.intervalSeconds;
  const choices = [...new Set([...intervals, seconds])].sort((a, b) => a - b);
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }}>
        <NativeSelect label="Category" data={categoryOptions} {...form.getInputProps("category")} />
        <NativeSelect
          label="Confidence"
          description="Used for records without one"
          data={confidenceOptions}
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...form.getInputProps("confidence")}
        />
        <NativeSelect
          label="TLP"
          data={offered.map((value) => ({ value, label: value.toUpperCase() }))}
          {...form.getInputProps("tlp")}
        />
        <NativeSelect
          label="Pull interval"
          data={choices.map((value) => ({ value: String(value), label: interval(value) }))}
          value={String(seconds)}
          onChange={(event) => form.setFieldValue("intervalSeconds", Number(event.currentTarget.value))}
        />
        <NumberInput
          label="Lifetime in days"
          description="After a value was last listed. Empty: the default of its type"
          inputWrapperOrder={["label", "input", "description", "error"]}
          min={1}
          max={3_650}
          allowDecimal={false}
          {...form.getInputProps("lifetimeDays")}
        />
        <NativeSelect
          label="Redistribution"
          data={optionsOf(redistributions)}
          {...form.getInputProps("redistribution")}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label="Licence or terms"
          placeholder="not stated"
          maxLength={200}
          {...form.getInputProps("licenceName")}
        />
        <TextInput label="Licence URL" placeholder="https://" type="url" {...form.getInputProps("licenceUrl")} />
      </SimpleGrid>
    </Stack>
  );
}
