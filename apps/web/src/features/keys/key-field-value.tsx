import { Badge, Code, Group, Text } from "@mantine/core";
import { keyFields } from "@tocsin/core/keys/key-fields";
import { Time } from "../../components/ui/time";
import type { Outputs } from "../../lib/trpc";
import type { TextField } from "./key-form";

type Props = { field: keyof typeof keyFields; row: Outputs["keys"]["get"]["data"] };

/** What a key has for a property, as its page shows it. */
export function KeyFieldValue({ field, row }: Props) {
  switch (keyFields[field].control) {
    case "text":
      return (
        <Text size="sm" className="wrap-anywhere">
          {row[keyFields[field as TextField].wire] || "None"}
        </Text>
      );
    case "end":
      return row.expires_at ? <Time value={row.expires_at} as="full" /> : "Never";
    case "scopes":
      return (
        <Group gap={6}>
          {row.scopes.map((scope) => (
            <Badge key={scope} color="gray">
              {scope}
            </Badge>
          ))}
        </Group>
      );
    case "networks":
      if (!row.allowed_ips) return <Text size="sm">Any address</Text>;
      return (
        <Group gap={6}>
          {row.allowed_ips.map((rule) => (
            <Code key={rule}>{rule}</Code>
          ))}
        </Group>
      );
  }
}
