import { Alert } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { onlineManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

const isOnline = () => onlineManager.isOnline();
const subscribe = (listener: () => void) => onlineManager.subscribe(listener);

/** Says that there is no network; what is on the screen may be old. */
export function OfflineNote() {
  const online = useSyncExternalStore(subscribe, isOnline, () => true);
  return (
    <div role="status">
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
