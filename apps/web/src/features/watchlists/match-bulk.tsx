import { Button } from "@mantine/core";
import { AssignMenu } from "./assign-menu";
import type { Chosen, Triage } from "./use-triage";

type Props = { chosen: Chosen; triage: Triage; reopen: boolean; onDone: () => void };

/** What can be done with the rows that are selected. */
export function MatchBulk({ chosen, triage, reopen, onDone }: Props) {
  const acknowledge = (acknowledged: boolean) => {
    triage.acknowledge(chosen, acknowledged);
    onDone();
  };
  return (
    <>
      <Button size="compact-sm" variant="light" disabled={triage.busy} onClick={() => acknowledge(true)}>
        Acknowledge
      </Button>
      {reopen && (
        <Button
          size="compact-sm"
          variant="light"
          color="gray"
          disabled={triage.busy}
          onClick={() => acknowledge(false)}
        >
          Reopen
        </Button>
      )}
      <AssignMenu disabled={triage.busy} onAssign={(email) => triage.assign(chosen, email)} />
    </>
  );
}
