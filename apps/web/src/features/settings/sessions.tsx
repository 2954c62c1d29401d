import { Badge, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { Time } from "../../components/ui/time";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { answered, auth } from "../../lib/auth";
import { useMe } from "../../lib/me";
import { deviceName } from "./user-agent";

const sessionsKey = ["account", "sessions"];

/** Where one is signed in, and a way to end that. */
export function Sessions() {
  const { session_id } = useMe();
  const queries = useQueryClient();
  const sessions = useQuery({
    queryKey: sessionsKey,
    queryFn: () => answered(auth.listSessions()),
  });
  const settled = { onSettled: () => queries.invalidateQueries({ queryKey: sessionsKey }) };
  const end = useMutation({
    mutationFn: (token: string) => answered(auth.revokeSession({ token })),
    onError: (error) => toastProblem(error, "The session was not ended"),
    ...settled,
  });
  const endOthers = useMutation({
    mutationFn: () => answered(auth.revokeOtherSessions()),
    onSuccess: () => toastDone("All other sessions have ended."),
    onError: (error) => toastProblem(error, "The sessions were not ended"),
    ...settled,
  });
  const rows = [...(sessions.data ?? [])].sort((a, b) => Number(b.id === session_id) - Number(a.id === session_id));
  return (
    <Section
      title="Sessions"
      note="Devices on which you are signed in. End sessions that you do not recognise, then change your password."
      action={
        rows.length > 1 && (
          <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            End all others
          </Button>
        )
      }
    >
      {sessions.isError && <ProblemAlert error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.isPending && <Skeleton height={60} />}
      <Stack component="ul" gap={0} className="plain-list">
        {rows.map((session) => {
          const device = deviceName(session.userAgent);
          return (
            <Group component="li" key={session.id} justify="space-between" wrap="nowrap" py="xs" gap="sm">
              <div style={{ minWidth: 0 }}>
                <Group gap="xs">
                  <Text size="sm" fw={560}>
                    {device}
                  </Text>
                  {session.id === session_id && <Badge size="sm">This session</Badge>}
                </Group>
                <Text size="xs" c="dimmed" component="div" className="wrap-anywhere">
                  {session.ipAddress || "Unknown address"}, signed in{" "}
                  <Time value={new Date(session.createdAt).toISOString()} />
                </Text>
              </div>
              {session.id !== session_id && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`End the session of ${device}`}
                  loading={end.isPending && end.variables === session.token}
                  onClick={() => end.mutate(session.token)}
                >
                  End
                </Button>
              )}
            </Group>
          );
        })}
      </Stack>
    </Section>
  );
}
