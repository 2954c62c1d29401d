import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Feed } from "../../components/feed/run";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import { useEvery } from "../../lib/live";
import { may, useMe } from "../../lib/me";
import { plural } from "../../lib/numbers";
import { type Outputs, trpc } from "../../lib/trpc";

type Notice = Outputs["notices"]["list"]["data"][number];
type Item = { id: string; kind: string; color: string; title: ReactNode; why: ReactNode; at: string | null };

const everyMs = 60_000;
const most = 8;
const keysShown = 4;

/** The notices that ask for something: what only informs stays on its page. */
const urgent: Partial<Record<Notice["kind"], { kind: string; color: string }>> = {
  "key.leaked": { kind: "Leaked", color: "red" },
  "key.failures": { kind: "Refusals", color: "red" },
  "quota.reached": { kind: "Quota", color: "red" },
  "quota.warning": { kind: "Quota", color: "yellow" },
  "watchlist.match": { kind: "Match", color: "orange" },
};

/** What wants to be looked at now, the worst first, each with its reason in words and a link to where it is mended. */
export function Attention() {
  const every = useEvery(everyMs);
  const mayRead = may(useMe(), "keys:read");
  const feeds = useQuery(trpc.feeds.list.queryOptions(undefined, { refetchInterval: every }));
  const keys = useQuery(
    trpc.keys.list.queryOptions(
      { status: "expiring", sort: "expires_at", limit: keysShown },
      { enabled: mayRead, refetchInterval: every },
    ),
  );
  const notices = useQuery(trpc.notices.list.queryOptions({ unread: true, limit: 50 }, { refetchInterval: every }));
  if (!feeds.data || (mayRead && !keys.data) || !notices.data) return null;
  const items = [
    ...notices.data.data.flatMap(noticeItem),
    ...feeds.data.data.flatMap(feedItem),
    ...(keys.data?.data.map(keyItem) ?? []),
    ...moreKeys(keys.data?.meta.total ?? 0),
  ];
  return (
    <Paper p="md" component="section" aria-labelledby="attention">
      <Title order={2} id="attention" mb={items.length === 0 ? 4 : "sm"}>
        Needs attention
      </Title>
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {feeds.data.data.some(({ unreachable }) => unreachable)
            ? "Only the network, as said above. No key ends soon, and nothing new is unread."
            : "Nothing: every feed answers, no key ends soon, and nothing new is unread."}
        </Text>
      ) : (
        <Stack component="ul" gap={0} className="plain-list">
          {items.slice(0, most).map((item) => (
            <Row key={item.id} item={item} />
          ))}
        </Stack>
      )}
      {items.length > most && (
        <Text size="sm" mt="xs">
          <AnchorLink to="/notices" search={{ show: "unread" }}>
            {plural(items.length - most, "more matter")}
          </AnchorLink>
        </Text>
      )}
    </Paper>
  );
}

function Row({ item: { kind, color, title, why, at } }: { item: Item }) {
  return (
    <li style={{ padding: "7px 0" }}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Badge color={color} w={92} className="whole">
          {kind}
        </Badge>
        <div style={{ minWidth: 0, flex: 1 }}>
          <Text size="sm" component="div" className="wrap-anywhere">
            {title}
          </Text>
          <Text size="xs" c="dimmed" component="div" className="wrap-anywhere" lineClamp={2}>
            {why}
          </Text>
        </div>
        {at && (
          <Text size="xs" c="dimmed" component="div">
            <Time value={at} />
          </Text>
        )}
      </Group>
    </li>
  );
}

function noticeItem({ id, kind, title, text, at, key, details }: Notice): Item[] {
  const looks = urgent[kind];
  if (!looks) return [];
  const watchlist = details.watchlist as { id?: unknown } | undefined;
  const link = key ? (
    <AnchorLink to="/keys/$keyId" params={{ keyId: key.id }}>
      {title}
    </AnchorLink>
  ) : typeof watchlist?.id === "string" ? (
    <AnchorLink to="/watchlists/$watchlistId" params={{ watchlistId: watchlist.id }}>
      {title}
    </AnchorLink>
  ) : (
    <AnchorLink to="/notices" search={{ show: "unread" }}>
      {title}
    </AnchorLink>
  );
  return [{ id: `notice ${id}`, ...looks, title: link, why: text, at }];
}

/** A feed that fails or is held back; one that cannot be reached with all others has its own alert. */
function feedItem(feed: Feed): Item[] {
  const { id, name, state, held, failures, unreachable, last_run: run } = feed;
  if (state !== "on" || (held === null && (failures === 0 || unreachable))) return [];
  const title = (
    <AnchorLink to="/feeds" search={{ feed: id }}>
      {name}
    </AnchorLink>
  );
  const at = run?.started_at ?? null;
  if (held !== null) {
    const why = "Its last pull differs too much from the usual. Nothing was merged; accept or reject it.";
    return [{ id: `feed ${id}`, kind: "Held back", color: "orange", title, why, at }];
  }
  const why = `${run?.error ?? "The pull failed."} ${failures > 1 ? `${plural(failures, "failure")} in a row.` : ""}`;
  return [{ id: `feed ${id}`, kind: "Failing", color: "red", title, why, at }];
}

function moreKeys(total: number): Item[] {
  if (total <= keysShown) return [];
  const title = (
    <AnchorLink to="/keys" search={{ status: "expiring", sort: "expires_at" }}>
      {plural(total - keysShown, "more key")}
    </AnchorLink>
  );
  return [{ id: "more keys", kind: "Key ends", color: "yellow", title, why: "They end within 14 days.", at: null }];
}

function keyItem({ id, name, expires_at }: Outputs["keys"]["list"]["data"][number]): Item {
  return {
    id: `key ${id}`,
    kind: "Key ends",
    color: "yellow",
    title: (
      <AnchorLink to="/keys/$keyId" params={{ keyId: id }}>
        {name}
      </AnchorLink>
    ),
    why: expires_at ? (
      <>
        It ends <Time value={expires_at} />. Extend or replace it before then.
      </>
    ) : (
      ""
    ),
    at: null,
  };
}
