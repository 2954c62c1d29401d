import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ProblemAlert } from "../components/ui/problem-alert";
import { enter } from "../lib/enter";
import { beginSession, endSession, queryClient, sessionEvents } from "../lib/query-client";
import { trpc } from "../lib/trpc";
import { inside } from "./pages";
import { router } from "./router";

/**
 * Says over the page that the session has ended, so that nothing that was typed is lost: whoever signs in again in
 * another tab, by whatever way, goes on where they were.
 */
export function SessionEnd() {
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    const onLost = () => setEnded(router.state.matches.some(({ routeId }) => routeId === inside.id));
    sessionEvents.addEventListener("lost", onLost);
    return () => sessionEvents.removeEventListener("lost", onLost);
  }, []);
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
      setEnded(false);
      await queryClient.invalidateQueries();
    },
  });
  return (
    <Modal
      opened={ended}
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
