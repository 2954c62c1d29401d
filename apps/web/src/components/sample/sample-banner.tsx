import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFlask } from "@tabler/icons-react";
import { useMe, whyNotOperate } from "../../lib/me";
import { GatedButton } from "../ui/gated-button";
import { useSample, useSampleActions } from "./use-sample";

/** Says that what is shown is sample data in part, with the way to remove it; nothing where none is loaded. */
export function SampleBanner() {
  const sample = useSample();
  const [asking, { open, close }] = useDisclosure(false);
  const me = useMe();
  const actions = useSampleActions();
  if (!sample || sample.state === "none") return null;
  const unfinished = sample.state !== "loaded";
  return (
    <Alert color="grape" icon={<IconFlask size={18} />} title="Sample data" role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw={680}>
          {unfinished
            ? "The sample data is not loaded or removed completely. Remove it to finish."
            : "Part of what you see is made up. It is marked “Sample”, uses documentation addresses only, and can be removed at any time."}
        </Text>
        <GatedButton
          forbidden={whyNotOperate(me)}
          size="xs"
          variant="default"
          loading={actions.remove.isPending}
          onClick={open}
        >
          Remove sample data
        </GatedButton>
      </Group>
      <Modal opened={asking} onClose={close} title="Remove sample data" size="md">
        <Stack gap="md">
          <Text size="sm">
            Its keys stop working first. Its articles, watchlist and keys are deleted, and its indicators are withdrawn.
            What your own feeds report stays as it is.
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              color="red"
              onClick={() => {
                close();
                actions.remove.mutate();
              }}
            >
              Remove
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Alert>
  );
}
