import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { GatedButton } from "../../components/ui/gated-button";
import { useMe, whyNotOperate } from "../../lib/me";
import { OwnFeedDialog } from "./own-feed-dialog";

/** For operators: a feed of the instance's own. */
export function AddFeedButton({ onAdded }: { onAdded: (id: string) => void }) {
  const me = useMe();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <GatedButton leftSection={<IconPlus size={16} />} forbidden={whyNotOperate(me)} onClick={() => setOpened(true)}>
        Add feed
      </GatedButton>
      <OwnFeedDialog
        opened={opened}
        feed={null}
        onClose={() => setOpened(false)}
        onSaved={(id) => {
          setOpened(false);
          onAdded(id);
        }}
      />
    </>
  );
}
