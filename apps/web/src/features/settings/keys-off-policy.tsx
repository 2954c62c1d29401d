import { Alert, List } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { keyFields } from "@tocsin/core/keys/key-fields";
import { AnchorLink } from "../../components/ui/links";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";

/** The keys that do not meet the policy, each with why. */
export function KeysOffPolicy() {
  const violations = useQuery(trpc.keyPolicy.violations.queryOptions());
  if (violations.isError) return <ProblemAlert error={violations.error} />;
  const { data, meta } = violations.data ?? { data: [], meta: { total: 0 } };
  if (meta.total === 0) return null;
  const title = `${plural(meta.total, "key")} ${meta.total === 1 ? "does" : "do"} not meet the policy`;
  return (
    <Alert color="orange" title={title}>
      <List size="sm">
        {data.map(({ id, name, problems }) => (
          <List.Item key={id} className="wrap-anywhere">
            <AnchorLink to="/keys/$keyId" params={{ keyId: id }} underline="always" size="sm">
              {name}
            </AnchorLink>
            : {problems.map(({ field, problem }) => `${labelOf(field)}: ${problem}`).join("; ")}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function labelOf(wire: string): string {
  return Object.values(keyFields).find((field) => field.wire === wire)?.label ?? wire;
}
