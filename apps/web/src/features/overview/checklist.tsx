import { Button, Group, Paper, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { askingCurl } from "../../components/key/curl";
import { CopyBlock } from "../../components/ui/copy";
import { ButtonLink } from "../../components/ui/links";
import { instanceUrl } from "../../lib/base";
import { kindsOf } from "../../lib/tables";
import { type Overview, openSteps, type Step } from "./first-steps";

/** The way from an empty instance to the first answered request; gone once it is walked, or hidden. */
export function Checklist({ overview }: { overview: Overview }) {
  const [hidden, setHidden] = useLocalStorage({ key: "tocsin-checklist-hidden", defaultValue: false });
  const open = openSteps(overview);
  if (open.length === 0 || hidden) return null;
  return (
    <Paper p="md" component="section" aria-labelledby="first-steps">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="first-steps">
          First steps
        </Title>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setHidden(true)}>
          Hide
        </Button>
      </Group>
      <Stack component="ol" gap="md" p={0} m={0} style={{ listStyle: "none" }}>
        {kindsOf(words).map((step, index) => (
          <StepItem key={step} step={step} number={index + 1} done={!open.includes(step)} />
        ))}
      </Stack>
    </Paper>
  );
}

type Words = { title: string; note: string; action: ReactNode };

const words = {
  pull: {
    title: "Pull the feeds",
    note: "Indicators come from feeds. Feeds are pulled on schedule; you can start the first pull yourself.",
    action: (
      <ButtonLink to="/feeds" size="xs" variant="light">
        Go to feeds
      </ButtonLink>
    ),
  },
  key: {
    title: "Create a key",
    note: "Each program that reads indicators gets its own.",
    action: (
      <ButtonLink to="/keys" search={{ create: true }} size="xs" variant="light">
        Create key
      </ButtonLink>
    ),
  },
  request: {
    title: "Send the first request",
    note: "Paste this into a shell: it asks for the key, then requests the newest indicators.",
    action: null,
  },
} as const satisfies Record<Step, Words>;

function StepItem({ step, number, done }: { step: Step; number: number; done: boolean }) {
  const { title, note, action } = words[step];
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon size={26} radius="xl" variant={done ? "filled" : "light"} color={done ? "teal" : "gray"}>
        {done ? <IconCheck size={15} aria-label="Done" /> : <span aria-hidden>{number}</span>}
      </ThemeIcon>
      <Stack gap={6} style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600} td={done ? "line-through" : "none"} c={done ? "dimmed" : "inherit"}>
          {title}
        </Text>
        {!done && (
          <>
            <Text size="sm" c="dimmed">
              {note}
            </Text>
            {step === "request" ? (
              <CopyBlock label="Copy command" value={askingCurl(instanceUrl)} />
            ) : (
              <Group>{action}</Group>
            )}
          </>
        )}
      </Stack>
    </Group>
  );
}
