import { Alert } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { onlineManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { serverState } from "../../lib/server-state";

const isOnline = () => onlineManager.isOnline();
const subscribe = (listener: () => void) => onlineManager.subscribe(listener);

/** Says that there is no network, or that the server does not answer; what is on the screen stays and may be old. */
export function OfflineNote() {
  const online = useSyncExternalStore(subscribe, isOnline, () => true);
  const away = useSyncExternalStore(serverState.subscribe, serverState.isAway);
  return (
    <div role="status">
      {online && away && (
        <Alert
          color="orange"
          radius={0}
          icon={<IconPlugConnectedX size={18} />}
          title="The server does not answer: it may be restarting. Trying again; what you typed stays."
        />
      )}
      {!online && (
        <Alert
          color="orange"
          radius={0}
          icon={<IconPlugConnectedX size={18} />}
          title="You are offline. This page may be out of date; it refreshes when the connection is back."
        />
      )}
    </div>
  );
}
