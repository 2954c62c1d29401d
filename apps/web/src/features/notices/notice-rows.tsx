import { Button, Group, Paper, Skeleton, Stack, Text } from "@mantine/core";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import type { Outputs } from "../../lib/trpc";
import { NoticeIcon } from "./notice-icon";

type Notice = Outputs["notices"]["list"]["data"][number];
type Props = { notices: readonly Notice[] | undefined; busy: boolean; onRead: (ids: string[]) => void };

export function NoticeRows({ notices, busy, onRead }: Props) {
  if (!notices) return <Skeleton height={240} radius="md" />;
  return (
    <Paper>
      <Stack component="ul" gap={0} className="plain-list">
        {notices.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} busy={busy} onRead={() => onRead([notice.id])} />
        ))}
      </Stack>
    </Paper>
  );
}

function NoticeRow({ notice, busy, onRead }: { notice: Notice; busy: boolean; onRead: () => void }) {
  const { key } = notice;
  const watchlist = notice.details.watchlist as { id?: unknown } | undefined;
  return (
    <li style={{ padding: "14px 16px" }} {...(notice.read ? {} : { className: "unread" })}>
      <Group align="flex-start" wrap="nowrap" gap="sm">
        <NoticeIcon kind={notice.kind} />
        <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
          <Group justify="space-between" align="flex-start" gap={4}>
            <Text component="h2" size="sm" fw={notice.read ? 500 : 650} className="wrap-anywhere">
              {notice.title}
            </Text>
            <Text size="xs" c="dimmed" component="div">
              <Time value={notice.at} />
            </Text>
          </Group>
          <Text size="sm" c="dimmed" className="wrap-anywhere" maw={820}>
            {notice.text}
          </Text>
          <Group gap="sm">
            {key && (
              <AnchorLink to="/keys/$keyId" params={{ keyId: key.id }} size="sm">
                Open key
              </AnchorLink>
            )}
            {typeof watchlist?.id === "string" && (
              <AnchorLink to="/watchlists/$watchlistId" params={{ watchlistId: watchlist.id }} size="sm">
                Open watchlist
              </AnchorLink>
            )}
            {typeof notice.details.feed_id === "string" && (
              <AnchorLink to="/feeds" search={{ feed: notice.details.feed_id }} size="sm">
                Open feed
              </AnchorLink>
            )}
            {!notice.read && (
              <Button size="compact-xs" variant="subtle" color="gray" disabled={busy} onClick={onRead}>
                Mark as read
              </Button>
            )}
          </Group>
        </Stack>
      </Group>
    </li>
  );
}
