import { Indicator } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { minuteMs } from "@tocsin/core/lib/durations";
import { ActionIconLink } from "../../components/ui/links";
import { useEvery } from "../../lib/live";
import { trpc } from "../../lib/trpc";

const everyMs = minuteMs;

/** How many notices one has not read; leads to them. */
export function NoticeBell() {
  const { data } = useQuery(trpc.notices.unread.queryOptions(undefined, { refetchInterval: useEvery(everyMs) }));
  const unread = data?.unread ?? 0;
  const shown = unread > 99 ? "99+" : String(unread);
  return (
    <Indicator label={shown} disabled={unread === 0} size={17} offset={6} color="red" className="numbers">
      <ActionIconLink
        to="/notices"
        search={{}}
        size="lg"
        aria-label={unread === 0 ? "Notices" : `Notices, ${shown} unread`}
      >
        <IconBell size={18} />
      </ActionIconLink>
    </Indicator>
  );
}
