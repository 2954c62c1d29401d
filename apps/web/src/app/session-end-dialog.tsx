import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { ProblemAlert } from "../components/ui/problem-alert";
import { enter } from "../lib/enter";
import { beginSession, endSession, queryClient } from "../lib/query-client";
import { trpc } from "../lib/trpc";
import { router } from "./router";

/** Offers to sign in again in another tab, by whatever way, and to go on; `onAgain` once the same person is signed in. */
export function SessionEndDialog({ onAgain }: { onAgain: () => void }) {
  const again = useMutation({
    mutationFn: async () => {
      const me = trpc.me.get.queryOptions();
      const before = queryClient.getQueryData(me.queryKey);
      const now = await queryClient.fetchQuery({ ...me, staleTime: 0 });
      return before?.user.id === now.user.id && before.workspace.id === now.workspace.id;
    },
    onSuccess: async (same) => {
      // What stands on the page is another's.
      if (!same) return enter();
      beginSession();
      onAgain();
      await queryClient.invalidateQueries();
    },
  });
  return (
    <Modal
      // Over whatever dialog was open.
      zIndex={400}
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Your session has ended"
    >
      <Stack gap="md">
        <Text size="sm">Sign in again in another tab, then go on here. What you typed on this page stays.</Text>
        {again.isError && <ProblemAlert error={again.error} title="You are not signed in yet" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="gray" onClick={leave}>
            Leave this page
          </Button>
          <Button variant="default" component="a" href="/sign-in" target="_blank" rel="noopener">
            Sign in
          </Button>
          <Button loading={again.isPending} onClick={() => again.mutate()}>
            Go on
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function leave(): void {
  const { href } = router.state.location;
  endSession();
  enter(`/sign-in?redirect=${encodeURIComponent(href)}`);
}
