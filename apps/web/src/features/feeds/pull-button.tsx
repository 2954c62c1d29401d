import { Button, Tooltip } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import type { Feed } from "../../components/feed/run";
import { useMe, whyNotOperate } from "../../lib/me";
import type { FeedActions } from "./use-pulls";

type Props = { feed: Feed; actions: FeedActions; full?: boolean };

/** "Pull now"; off, with the reason, for those who may not and for feeds that cannot be pulled. */
export function PullButton({ feed, actions, full = false }: Props) {
  const me = useMe();
  const busy = actions.pulling(feed);
  const sample = feed.sample ? "The feeds of the sample data are not pulled." : null;
  const reason = whyNotOperate(me) ?? sample ?? obstacles[feed.state]?.(feed) ?? null;
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

/** Why a feed in the state is not pulled; null where it can be. */
const obstacles = {
  on: null,
  off: () => "This feed is not selected on this instance (TOCSIN_FEEDS).",
  needs_key: (feed) => `The vendor requires a key. Set ${feed.needs_key ?? "it"} and restart the server.`,
  paused: () => "The feed is paused. Turn on “Scheduled” first.",
} as const satisfies Record<Feed["state"], ((feed: Feed) => string) | null>;
