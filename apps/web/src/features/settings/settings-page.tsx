import { Outlet, useRouterState } from "@tanstack/react-router";
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
  return (
    <Page
      title="Settings"
      note={current === "Profile" || current === "Security" ? "Of your account" : "Of the workspace"}
    >
      <nav aria-label="Settings" className="tabs">
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
