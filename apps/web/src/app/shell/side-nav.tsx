import { CloseButton, Group, Stack, Text } from "@mantine/core";
import { IconBook2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Brand } from "../../components/ui/brand";
import { SideLink } from "../../components/ui/side-link";
import { setupState } from "../../features/auth/require-session";
import { atBase } from "../../lib/base";
import { useMe } from "../../lib/me";
import { type NavGroup, navGroups, refusalOf } from "../../lib/page";
import { rowsOf } from "../../lib/tables";

/** The links to the pages of the catalog that are listed; `onClose` where it is shown in a drawer. */
export function SideNav({ name, onClose }: { name: string; onClose?: () => void }) {
  const { data } = useQuery(setupState());
  return (
    <Stack h="100%" gap={0}>
      <Group h={56} px="md" justify="space-between" wrap="nowrap">
        <Brand name={name} />
        {onClose && <CloseButton onClick={onClose} aria-label="Close navigation" className="side-close" />}
      </Group>
      <nav aria-label="Main" className="side-scroll">
        {rowsOf(navGroups).map(([group, title]) => (
          <Section key={group} group={group} title={title} />
        ))}
      </nav>
      <div className="side-foot">
        <a href={atBase("/docs")} className="side-link" title="API documentation">
          <IconBook2 size={17} stroke={1.7} aria-hidden /> <span className="side-label">API documentation</span>
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

function Section({ group, title }: { group: NavGroup; title: string }) {
  const links = useLinks(group);
  if (links.length === 0) return null;
  return (
    <div className="side-section">
      <Text component="h2" className="side-title">
        {title}
      </Text>
      {links.map(({ to, label, icon: Icon }) => (
        <SideLink
          key={to}
          to={to}
          label={label}
          title={label}
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

/** The group's pages; links to what only operators see are for operators, what others may not see says so itself. */
function useLinks(group: NavGroup) {
  const me = useMe();
  const routes = Object.values(useRouter().routesById);
  return routes.flatMap(({ to, options }) => {
    const page = options.staticData?.page;
    if (page?.nav?.group !== group) return [];
    if (page.audience === "operators" && refusalOf("operators", me) !== null) return [];
    return [{ to, label: page.title, icon: page.nav.icon }];
  });
}
