import { ActionIcon, Kbd, Text, UnstyledButton } from "@mantine/core";
import { useHotkeys, useOs } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";

/** Goes to the look-up from anywhere, also by mod+K. */
export function LookupButton() {
  const navigate = useNavigate();
  const os = useOs();
  const go = () => void navigate({ to: "/lookup" });
  useHotkeys([["mod+K", go]]);
  return (
    <>
      <UnstyledButton className="lookup-button" visibleFrom="sm" onClick={go}>
        <IconSearch size={15} aria-hidden />
        <Text component="span" size="sm" c="dimmed" className="cut" style={{ flex: 1 }}>
          Look up an indicator
        </Text>
        <Kbd size="xs" aria-hidden>
          {os === "macos" ? "⌘ K" : "Ctrl K"}
        </Kbd>
      </UnstyledButton>
      <ActionIcon hiddenFrom="sm" size="lg" aria-label="Look up an indicator" onClick={go}>
        <IconSearch size={18} />
      </ActionIcon>
    </>
  );
}
