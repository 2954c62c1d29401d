import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { plural } from "../../lib/numbers";
import { type Inputs, trpc } from "../../lib/trpc";
import { useWatchRefresh } from "./use-watch-refresh";

type TriageInput = Inputs["watchlists"]["triage"];
/** Which matches: themselves, or all of some entries or indicators. */
export type Chosen = Pick<TriageInput, "ids" | "entry_ids" | "subject_ids">;

export type Triage = {
  acknowledge: (chosen: Chosen, acknowledged?: boolean) => void;
  assign: (chosen: Chosen, to: string | null) => void;
  busy: boolean;
};

const undoMs = 10_000;

/** Acknowledges matches, which can be undone for some seconds, opens them again, and assigns them. */
export function useTriage(): Triage {
  const refresh = useWatchRefresh();
  const change = useMutation(
    trpc.watchlists.triage.mutationOptions({ onSuccess: refresh, onError: (error) => toastProblem(error) }),
  );
  const undo = (ids: string[], acknowledged: boolean) => change.mutate({ ids, acknowledged: !acknowledged });
  return {
    acknowledge: (chosen, acknowledged = true) =>
      change.mutate(
        { ...chosen, acknowledged },
        { onSuccess: ({ ids }) => ids.length > 0 && toastUndo(ids, acknowledged, () => undo(ids, acknowledged)) },
      ),
    assign: (chosen, to) =>
      change.mutate(
        { ...chosen, assigned_to: to },
        {
          onSuccess: ({ changed }) =>
            toastDone(
              `${plural(changed, "match is", "matches are")} ${to ? `assigned to ${to}` : "assigned to nobody"}.`,
            ),
        },
      ),
    busy: change.isPending,
  };
}

function toastUndo(ids: readonly string[], acknowledged: boolean, undo: () => void): void {
  const id = `triage-${ids[0]}-${acknowledged}`;
  const words = acknowledged ? "acknowledged" : "opened again";
  notifications.show({
    id,
    color: "teal",
    withBorder: true,
    autoClose: undoMs,
    message: (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <span>
          {plural(ids.length, "match is", "matches are")} {words}.
        </span>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}
