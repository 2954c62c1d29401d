import { CloseButton, Group, Stack, Text } from "@mantine/core";
import {
  IconArrowsExchange,
  IconBell,
  IconBook2,
  IconBuildingCommunity,
  IconFileExport,
  IconFileSearch,
  IconKey,
  IconLayoutDashboard,
  IconListDetails,
  IconNews,
  IconRadar2,
  IconRss,
  IconSearch,
  IconSettings,
  IconShieldQuestion,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";
import { Brand } from "../../components/ui/brand";
import { SideLink } from "../../components/ui/links";
import { setupState } from "../../features/auth/require-session";
import { useMe } from "../../lib/me";

type Target =
  | "/"
  | "/iocs"
  | "/lookup"
  | "/articles"
  | "/exports"
  | "/taxii"
  | "/feeds"
  | "/warninglists"
  | "/watchlists"
  | "/keys"
  | "/notices"
  | "/audit"
  | "/settings"
  | "/operator";
type Entry = { to: Target; label: string; icon: ComponentType<{ size?: number; stroke?: number }> };

const intelligence: Entry[] = [
  { to: "/", label: "Overview", icon: IconLayoutDashboard },
  { to: "/iocs", label: "IOCs", icon: IconListDetails },
  { to: "/lookup", label: "Lookup", icon: IconSearch },
  { to: "/articles", label: "Articles", icon: IconNews },
  { to: "/exports", label: "Exports", icon: IconFileExport },
  { to: "/taxii", label: "TAXII", icon: IconArrowsExchange },
  { to: "/watchlists", label: "Watchlists", icon: IconRadar2 },
  { to: "/feeds", label: "Feeds", icon: IconRss },
  { to: "/warninglists", label: "Warninglists", icon: IconShieldQuestion },
];
const access: Entry[] = [
  { to: "/keys", label: "API keys", icon: IconKey },
  { to: "/notices", label: "Notices", icon: IconBell },
  { to: "/audit", label: "Audit log", icon: IconFileSearch },
  { to: "/settings", label: "Settings", icon: IconSettings },
];
const operator: Entry[] = [{ to: "/operator", label: "Workspaces", icon: IconBuildingCommunity }];

/** The dashboard's places; `onClose` where it is shown in a drawer. */
export function SideNav({ name, onClose }: { name: string; onClose?: () => void }) {
  const me = useMe();
  const { data } = useQuery(setupState());
  return (
    <Stack h="100%" gap={0}>
      <Group h={56} px="md" justify="space-between" wrap="nowrap">
        <Brand name={name} />
        {onClose && <CloseButton onClick={onClose} aria-label="Close navigation" className="side-close" />}
      </Group>
      <nav aria-label="Main" className="side-scroll">
        <Section title="Intelligence" entries={intelligence} />
        <Section title="Access" entries={access} />
        {me.operator && <Section title="Operator" entries={operator} />}
      </nav>
      <div className="side-foot">
        <a href="/docs" className="side-link">
          <IconBook2 size={17} stroke={1.7} aria-hidden /> API documentation
        </a>
        {data && (
          <Text size="xs" px="sm" pt={6} className="side-quiet">
            Version {data.version}
          </Text>
        )}
      </div>
    </Stack>
  );
}

function Section({ title, entries }: { title: ReactNode; entries: Entry[] }) {
  return (
    <div className="side-section">
      <Text component="h2" className="side-title">
        {title}
      </Text>
      {entries.map(({ to, label, icon: Icon }) => (
        <SideLink
          key={to}
          to={to}
          label={label}
          leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
          activeOptions={{ exact: to === "/", includeSearch: false }}
          className="side-link"
          unstyled
          classNames={{ section: "side-icon", body: "side-label" }}
        />
      ))}
    </div>
  );
}
