import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Time } from "../../components/ui/time";
import { plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";

/** Who would notice: "Last used 2 minutes ago from 198.51.100.0/24 on /api/v1/iocs, 31,000 requests in 7 days." */
export function KeyFacts({ keyId }: { keyId: string }) {
  const { data } = useQuery(trpc.keys.facts.queryOptions({ keyId }));
  const facts = data?.data;
  if (!facts?.last_use) return null;
  const [network] = facts.networks;
  return (
    <Text size="sm" component="div" mt={6}>
      Last used <Time value={facts.last_use.at} />
      {network && (
        <>
          {" "}
          from <span className="mono">{network.network}</span>
        </>
      )}{" "}
      on <span className="mono">{facts.last_use.path}</span>, {plural(facts.requests_7d, "request")} in 7 days.
    </Text>
  );
}
