import { Alert, Loader } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Time } from "../../components/ui/time";
import { useEvery } from "../../lib/live";
import { trpc } from "../../lib/trpc";

const everyMs = 2_000;

/** Waits for the first request with a key, and says what came of it. Usage is written every few seconds. */
export function FirstRequest({ keyId }: { keyId: string }) {
  const every = useEvery(everyMs);
  const { data } = useQuery(
    trpc.keys.facts.queryOptions(
      { keyId },
      { refetchInterval: ({ state }) => (state.data?.data.last_use ? false : every) },
    ),
  );
  const use = data?.data.last_use;
  return (
    <div role="status">
      {use ? (
        <Alert color="teal" icon={<IconCircleCheck size={18} />} title="The first request has come">
          <span className="mono">{use.path}</span> was answered with {use.status}, <Time value={use.at} />.
        </Alert>
      ) : (
        <Alert color="gray" icon={<Loader size={16} color="gray" />} title="Waiting for the first request">
          Run the command: this turns green a few seconds after its answer.
        </Alert>
      )}
    </div>
  );
}
