import { Anchor, Group, Radio, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { GatedButton } from "../../components/ui/gated-button";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { toastDone } from "../../components/ui/toast";
import { atBase } from "../../lib/base";
import { useMe, whyNot } from "../../lib/me";
import { kindIn, rowsOf } from "../../lib/tables";
import { type Inputs, trpc } from "../../lib/trpc";

type Policy = Inputs["leaks"]["setPolicy"]["leak_policy"];

const choices = {
  revoke: {
    label: "Revoke it immediately",
    note: "Anyone who reports the secret ends it. Programs that use it stop working.",
  },
  notify: {
    label: "Notify only",
    note: "The secret keeps working until someone in this workspace revokes it.",
  },
} as const satisfies Record<Policy, { label: string; note: string }>;

/** What becomes of a key or token whose secret is reported as leaked. */
export function LeakPolicyForm() {
  const me = useMe();
  const forbidden = whyNot(me, "workspace:write");
  const queries = useQueryClient();
  const current = me.workspace.leak_policy;
  const [chosen, setChosen] = useState<Policy>(current);
  const save = useMutation(
    trpc.leaks.setPolicy.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.me.get.pathKey() });
        toastDone("The leak policy is saved.");
      },
    }),
  );
  return (
    <Section
      title="Leaked keys"
      note={
        <>
          Secret scanners such as GitHub's, and people, can{" "}
          <Anchor href={atBase("/docs")}>report leaked secrets</Anchor> of keys and management tokens. Each report
          creates a notice and an audit event.
        </>
      }
    >
      <Stack gap="md">
        {save.isError && <ProblemAlert error={save.error} title="The leak policy was not saved" />}
        <Radio.Group
          label="When a secret of this workspace is reported"
          value={chosen}
          onChange={(value) => setChosen(kindIn(choices, value) ?? current)}
          readOnly={forbidden !== null}
        >
          <Stack gap="sm" mt="xs">
            {rowsOf(choices).map(([value, { label, note }]) => (
              <Radio key={value} value={value} label={label} description={note} />
            ))}
          </Stack>
        </Radio.Group>
        <Group>
          <GatedButton
            forbidden={forbidden}
            loading={save.isPending}
            disabled={chosen === current && forbidden === null}
            onClick={() => save.mutate({ leak_policy: chosen })}
          >
            Save
          </GatedButton>
        </Group>
      </Stack>
    </Section>
  );
}
