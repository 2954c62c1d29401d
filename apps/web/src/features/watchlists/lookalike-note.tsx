import { Alert, List, Text } from "@mantine/core";
import { count, plural } from "../../lib/numbers";
import type { Outputs } from "../../lib/trpc";
import { reasonLabels } from "./watch-words";

type Preview = Outputs["watchlists"]["lookalikes"];
const shown = 5;

/** How many stored indicators look-alikes would match, before anybody switches them on. */
export function LookalikeNote({ preview: { data, meta }, wanted }: { preview: Preview; wanted: boolean }) {
  if (meta.domains === 0) return null;
  const of = meta.complete ? "" : ` of the newest ${count(meta.compared)} with a host`;
  const samples = data.flatMap(({ domain, samples: named }) => named.map((sample) => ({ domain, ...sample })));
  return (
    <Alert
      color={meta.matches > 0 ? "orange" : "gray"}
      title={`Look-alikes${wanted ? "" : " (off)"}: ${meta.matches === 0 ? "no stored indicator" : plural(meta.matches, "stored indicator")}${of} would match`}
      role="status"
    >
      {samples.length === 0 ? (
        <Text size="sm">Later ones may. Many harmless names are similar to a short or common name.</Text>
      ) : (
        <List size="sm" spacing={2}>
          {samples.slice(0, shown).map(({ domain, value, reason }) => (
            <List.Item key={`${domain} ${value}`}>
              <span className="mono wrap-anywhere">{value}</span>{" "}
              <Text span size="xs" c="dimmed">
                {reasonLabels[reason]}, for {domain}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
