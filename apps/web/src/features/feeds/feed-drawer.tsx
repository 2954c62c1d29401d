import { Alert, Anchor, DataList, Drawer, Group, Stack, Switch, Text, Tooltip } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Feed } from "../../components/feed/run";
import { categoryLabels } from "../../components/ioc/ioc-labels";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import { useMe, whyNotOperate } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { feedHealth, interval } from "./feed-health";
import { FeedRuns } from "./feed-runs";
import { circuits, redistributions } from "./feed-words";
import { HealthBadge } from "./health-badge";
import { OwnFeedActions } from "./own-feed-actions";
import { PullButton } from "./pull-button";
import { QuarantineReview } from "./quarantine-review";
import type { FeedActions } from "./use-pulls";

type Props = { feed: Feed | undefined; actions: FeedActions; onClose: () => void };

/** One feed: what it is, its switch, and how its runs went. */
export function FeedDrawer({ feed, actions, onClose }: Props) {
  return (
    <Drawer opened={feed !== undefined} onClose={onClose} title={<Text fw={600}>{feed?.name}</Text>}>
      {feed && (
        <Stack gap="md">
          <Group justify="space-between" gap="xs">
            <HealthBadge health={feedHealth(feed)} />
            <Group gap="md">
              <EnabledSwitch feed={feed} actions={actions} />
              <PullButton feed={feed} actions={actions} />
            </Group>
          </Group>
          <StateNote feed={feed} />
          <QuarantineReview feed={feed} />
          <CircuitNote feed={feed} />
          <FeedDetails feed={feed} />
          {feed.own && <OwnFeedActions feed={feed} onRemoved={onClose} />}
          <FeedRuns feedId={feed.id} pulling={actions.pulling(feed)} />
        </Stack>
      )}
    </Drawer>
  );
}

function EnabledSwitch({ feed, actions }: { feed: Feed; actions: FeedActions }) {
  const me = useMe();
  const reason = whyNotOperate(me);
  if (feed.state !== "on" && feed.state !== "paused") return null;
  return (
    <Tooltip label={reason} disabled={reason === null} refProp="rootRef">
      <Switch
        label="Scheduled"
        checked={feed.state === "on"}
        disabled={reason !== null || actions.switching(feed)}
        onChange={(event) => actions.setEnabled(feed, event.currentTarget.checked)}
      />
    </Tooltip>
  );
}

function StateNote({ feed }: { feed: Feed }) {
  if (feed.state === "off") {
    return <Alert color="gray">This feed is not selected on this instance. Add it to TOCSIN_FEEDS to pull it.</Alert>;
  }
  if (feed.state === "needs_key") {
    return (
      <Alert color="yellow">
        This feed requires a key from the vendor. Set <code>{feed.needs_key}</code> and restart the server.
      </Alert>
    );
  }
  return null;
}

function CircuitNote({ feed }: { feed: Feed }) {
  if (feed.circuit === "closed" || feed.state !== "on") return null;
  return (
    <Alert color="red" title={circuits[feed.circuit]}>
      {plural(feed.failures, "pull")} failed in a row.{" "}
      {feed.circuit === "open" && feed.next_due_at ? (
        <>
          The next attempt is <Time value={feed.next_due_at} />. The wait grows with each failure, up to one day. “Pull
          now” tries immediately.
        </>
      ) : (
        "The circuit closes if the next pull succeeds."
      )}
    </Alert>
  );
}

function FeedDetails({ feed }: { feed: Feed }) {
  const rows: [string, ReactNode][] = [
    ["Vendor", <Outside key="vendor" href={feed.homepage} text={feed.vendor} />],
    ["Category", categoryLabels[feed.category]],
    [
      "Licence",
      feed.licence.url ? <Outside key="licence" href={feed.licence.url} text={feed.licence.name} /> : feed.licence.name,
    ],
    ["Redistribution", redistributions[feed.licence.redistribution]],
    ["TLP", `TLP:${feed.tlp.toUpperCase()}`],
    ["Pull interval", interval(feed.interval_seconds)],
    ["Last success", feed.last_success_at ? <Time key="success" value={feed.last_success_at} /> : "Never"],
    ["Next pull", feed.next_due_at ? <Time key="next" value={feed.next_due_at} /> : "None"],
    [
      "Indicators",
      <AnchorLink key="iocs" to="/iocs" search={{ source: feed.id }} size="sm">
        {count(feed.iocs)}
      </AnchorLink>,
    ],
  ];
  return (
    <DataList labelWidth="112px">
      {rows.map(([label, shown]) => (
        <DataList.Item key={label}>
          <DataList.ItemLabel>{label}</DataList.ItemLabel>
          <DataList.ItemValue className="wrap-anywhere">{shown}</DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  );
}

function Outside({ href, text }: { href: string; text: string }) {
  return (
    <Anchor size="sm" href={href} target="_blank" rel="noopener noreferrer">
      {text} <IconExternalLink size={13} style={{ verticalAlign: "-2px" }} aria-label="(opens in a new tab)" />
    </Anchor>
  );
}
