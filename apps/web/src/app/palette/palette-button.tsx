import { ActionIcon, Kbd, Text, UnstyledButton } from "@mantine/core";
import { useOs } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useShortcuts } from "./shortcuts";

const Palette = lazy(() => import("./palette").then((module) => ({ default: module.Palette })));
const ShortcutList = lazy(() => import("./shortcut-list").then((module) => ({ default: module.ShortcutList })));

/** Finds and does anything, from anywhere; its code comes when it is first opened. */
export function PaletteButton() {
  const os = useOs();
  const [shown, setShown] = useState<"palette" | "help" | null>(null);
  const open = () => setShown("palette");
  const close = () => setShown(null);
  useShortcuts({ open, help: () => setShown("help") });
  return (
    <>
      <UnstyledButton className="lookup-button" visibleFrom="sm" onClick={open} aria-haspopup="dialog">
        <IconSearch size={15} aria-hidden />
        <Text component="span" size="sm" c="dimmed" className="cut" style={{ flex: 1 }}>
          Search or look up
        </Text>
        <Kbd size="xs" aria-hidden>
          {os === "macos" ? "⌘ K" : "Ctrl K"}
        </Kbd>
      </UnstyledButton>
      <ActionIcon hiddenFrom="sm" size="lg" aria-label="Search or look up" onClick={open}>
        <IconSearch size={18} />
      </ActionIcon>
      <Suspense>
        {shown === "palette" && <Palette onClose={close} onHelp={() => setShown("help")} />}
        {shown === "help" && <ShortcutList onClose={close} />}
      </Suspense>
    </>
  );
}
