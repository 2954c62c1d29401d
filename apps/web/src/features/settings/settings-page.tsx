import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { AnchorLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";

const sections = [
  { to: "/settings/profile", label: "Profile" },
  { to: "/settings/security", label: "Security" },
  { to: "/settings/members", label: "Members" },
  { to: "/settings/workspace", label: "Workspace" },
  { to: "/settings/notices", label: "Notices" },
  { to: "/settings/tokens", label: "Management tokens" },
] as const;

export function SettingsPage() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const current = sections.find((section) => path.startsWith(section.to))?.label;
  const tabs = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is another tab to show
  useEffect(() => {
    tabs.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [path]);
  return (
    <Page
      title="Settings"
      note={current === "Profile" || current === "Security" ? "Of your account" : "Of the workspace"}
    >
      <nav ref={tabs} aria-label="Settings" className="tabs">
        {sections.map(({ to, label }) => (
          <AnchorLink key={to} to={to} className="tab" underline="never" replace>
            {label}
          </AnchorLink>
        ))}
      </nav>
      <Outlet />
    </Page>
  );
}
