import type { Key } from "../../components/key/key";
import { EditKeyDialog } from "./edit-key-dialog";
import { RevokeDialog } from "./revoke-dialog";
import { RotateDialog } from "./rotate-dialog";

export type KeyAction = "edit" | "rotate" | "revoke";
/** What is being done to which key. */
export type KeyTask = { action: KeyAction; key: Key } | null;

/** The dialogs in which a key is changed, one of them at a time. */
export function KeyDialogs({ task, onClose }: { task: KeyTask; onClose: () => void }) {
  const targetOf = (action: KeyAction) => (task?.action === action ? task.key : null);
  return (
    <>
      <EditKeyDialog target={targetOf("edit")} onClose={onClose} />
      <RotateDialog target={targetOf("rotate")} onClose={onClose} />
      <RevokeDialog target={targetOf("revoke")} onClose={onClose} />
    </>
  );
}
