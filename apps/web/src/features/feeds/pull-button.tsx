import { Button, Tooltip } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import type { Feed } from "../../components/feed/run";
import { useMe } from "../../lib/me";
import type { FeedActions } from "./use-pulls";

type Props = { feed: Feed; actions: FeedActions; full?: boolean };

/** "Pull now"; off, with the reason, for those who may not and for feeds that cannot be pulled. */
export function PullButton({ feed, actions, full = false }: Props) {
  const { operator } = useMe();
  const busy = actions.pulling(feed);
  const reason = whyNot(feed, operator);
  return (
    <Tooltip label={reason} disabled={reason === null} multiline maw={280}>
      <Button
        size="xs"
        variant="default"
        fullWidth={full}
        leftSection={<IconPlayerPlay size={14} />}
        loading={busy}
        aria-label={busy ? `Pulling ${feed.name}` : `Pull now: ${feed.name}`}
        {...(reason === null ? {} : { "data-disabled": true })}
        aria-disabled={reason !== null}
        onClick={(event) => {
          event.stopPropagation();
          if (reason === null) actions.pull(feed);
        }}
      >
        Pull now
      </Button>
    </Tooltip>
  );
}

function whyNot(feed: Feed, operator: boolean): string | null {
  if (!operator) return "The operator of this instance can do this.";
  if (feed.state === "off") return "This instance does not select the feed (TOCSIN_FEEDS).";
  if (feed.state === "needs_key") return `The vendor wants a key: set ${feed.needs_key ?? "its setting"}.`;
  if (feed.state === "paused") return "The feed is paused. Switch it on first.";
  return null;
}
