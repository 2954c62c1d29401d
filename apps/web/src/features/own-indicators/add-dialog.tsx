import {
  Button,
  Checkbox,
  Group,
  Modal,
  Select,
  Stack,
  Table,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone } from "../../components/ui/toast";
import { plural } from "../../lib/numbers";
import { kindIn, optionsOf } from "../../lib/tables";
import { type Outputs, trpc } from "../../lib/trpc";

type Found = Outputs["extract"]["fromText"]["data"]["values"][number];

const longestPaste = 100_000;
const confidences = { low: "Low", medium: "Medium", high: "High" } as const;
const labels = {
  clear: "TLP:CLEAR",
  green: "TLP:GREEN",
  amber: "TLP:AMBER",
  "amber+strict": "TLP:AMBER+STRICT",
  red: "TLP:RED",
} as const;

/** Adds indicators from a pasted text: what is found in it is shown first, and only what is chosen is added. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found[] | null>(null);
  const extract = useMutation(
    trpc.extract.fromText.mutationOptions({ onSuccess: ({ data }) => setFound(data.values) }),
  );
  return (
    <Modal opened onClose={onClose} title="Add indicators" size="xl">
      {found === null ? (
        <Stack gap="md">
          {extract.isError && <ProblemAlert error={extract.error} title="The text could not be read" />}
          <Textarea
            label="Text"
            description="A list, CSV, STIX bundle, MISP event, mail or report, up to 100,000 characters. Defanged values are restored."
            minRows={10}
            maxRows={20}
            autosize
            maxLength={longestPaste}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button loading={extract.isPending} disabled={text.trim() === ""} onClick={() => extract.mutate({ text })}>
              Preview
            </Button>
          </Group>
        </Stack>
      ) : (
        <Chosen found={found} onBack={() => setFound(null)} onClose={onClose} />
      )}
    </Modal>
  );
}

const keyOf = ({ type, value }: Found) => `${type} ${value}`;

function Chosen({ found, onBack, onClose }: { found: readonly Found[]; onBack: () => void; onClose: () => void }) {
  const [chosen, setChosen] = useState(() => new Set(found.filter(({ role }) => role === "indicator").map(keyOf)));
  const [confidence, setConfidence] = useState<keyof typeof confidences>("medium");
  const [tlp, setTlp] = useState<keyof typeof labels>("amber");
  const [tags, setTags] = useState<string[]>([]);
  const [comment, setComment] = useState("");
  const client = useQueryClient();
  const add = useMutation(
    trpc.indicators.add.mutationOptions({
      onSuccess: async ({ meta }) => {
        await Promise.all(
          [trpc.indicators, trpc.iocs, trpc.lookup].map((part) =>
            client.invalidateQueries({ queryKey: part.pathKey() }),
          ),
        );
        if (meta.refused > 0) return;
        onClose();
        toastDone(`${plural(meta.created, "indicator")} added, ${meta.updated} changed.`);
      },
    }),
  );
  const picked = found.filter((one) => chosen.has(keyOf(one)));
  const facts = { confidence, tlp, tags, ...(comment.trim() ? { comment: comment.trim() } : {}) };
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    setChosen(next);
  };
  return (
    <Stack gap="md">
      {add.isError && <ProblemAlert error={add.error} title="The indicators were not added" />}
      {add.data && add.data.meta.refused > 0 && <Refused results={add.data.data} found={picked} />}
      {found.length === 0 ? (
        <Text>No indicator was found in the text.</Text>
      ) : (
        <Table.ScrollContainer minWidth={480} mah={320}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Add</Table.Th>
                <Table.Th scope="col">Value</Table.Th>
                <Table.Th scope="col">Type</Table.Th>
                <Table.Th scope="col">Role in the text</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.map((one) => (
                <Table.Tr key={keyOf(one)}>
                  <Table.Td>
                    <Checkbox
                      aria-label={`Add ${one.value}`}
                      checked={chosen.has(keyOf(one))}
                      onChange={() => toggle(keyOf(one))}
                    />
                  </Table.Td>
                  <Table.Td className="mono wrap-anywhere">{one.value}</Table.Td>
                  <Table.Td>{typeLabels[one.type]}</Table.Td>
                  <Table.Td>{one.role}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Group grow align="flex-start">
        <Select
          label="Confidence"
          allowDeselect={false}
          data={optionsOf(confidences)}
          value={confidence}
          onChange={(next) => setConfidence(kindIn(confidences, next) ?? "medium")}
        />
        <Select
          label="Label"
          allowDeselect={false}
          data={optionsOf(labels)}
          value={tlp}
          onChange={(next) => setTlp(kindIn(labels, next) ?? "amber")}
        />
      </Group>
      <TagsInput label="Tags" maxTags={50} value={tags} onChange={setTags} />
      <TextInput
        label="Comment"
        maxLength={2_000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onBack} disabled={add.isPending}>
          Back
        </Button>
        <Button
          loading={add.isPending}
          disabled={picked.length === 0}
          onClick={() => add.mutate({ indicators: picked.map(({ type, value }) => ({ type, value, ...facts })) })}
        >
          Add {plural(picked.length, "indicator")}
        </Button>
      </Group>
    </Stack>
  );
}

type Results = Outputs["indicators"]["add"]["data"];

/** What was refused, with why; the others are added. */
function Refused({ results, found }: { results: Results; found: readonly Found[] }) {
  const refused = results.filter(({ error }) => error !== null).slice(0, 10);
  return (
    <Stack gap={2} role="alert">
      <Text size="sm" fw={600}>
        These were refused; the others are added.
      </Text>
      {refused.map(({ index, error }) => (
        <Text key={index} size="sm" className="wrap-anywhere">
          <span className="mono">{found[index]?.value}</span>{" "}
          {error?.fields.map(({ field, problem }) => `${field} ${problem}`).join("; ")}
        </Text>
      ))}
    </Stack>
  );
}
