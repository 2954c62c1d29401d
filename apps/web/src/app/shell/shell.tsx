import { ActionIcon, AppShell, Burger, Drawer, Group } from "@mantine/core";
import { useDisclosure, useLocalStorage } from "@mantine/hooks";
import { IconLayoutSidebar } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { Suspense, useEffect, useRef } from "react";
import { Bell } from "../../components/ui/brand";
import { setupState } from "../../features/auth/require-session";
import { PagePending } from "../page-pending";
import { PaletteButton } from "../palette/palette-button";
import { NoticeBell } from "./notice-bell";
import { OfflineNote } from "./offline-note";
import { SchemeToggle } from "./scheme-toggle";
import { SideNav } from "./side-nav";
import { useLive } from "./use-live";
import { UserMenu } from "./user-menu";
import { WorkspaceSwitcher } from "./workspace-switcher";

/** The frame of the dashboard: navigation at the left (in a drawer on narrow screens), the bar on top, the page. */
export function Shell() {
  const [open, { toggle, close }] = useDisclosure(false);
  const [folded, setFolded] = useLocalStorage({
    key: "tocsin-side-folded",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const { data } = useQuery(setupState());
  const name = data?.instance_name ?? "Tocsin";
  useLive();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const last = useRef(path);

  // A reader who cannot see must be told that the page is another one: the focus moves to it.
  useEffect(() => {
    if (path === undefined || last.current === path) return;
    if (last.current !== undefined) main.current?.focus({ preventScroll: true });
    last.current = path;
    close();
  }, [path, close]);

  return (
    <AppShell
      layout="alt"
      header={{ height: 56 }}
      navbar={{ width: folded ? 60 : 232, breakpoint: "md", collapsed: { mobile: true } }}
    >
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <AppShell.Header>
        <Group h="100%" px={{ base: "sm", sm: "lg" }} justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
            <Burger
              opened={open}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label="Open navigation"
              aria-expanded={open}
            />
            <ActionIcon
              visibleFrom="md"
              size="lg"
              aria-label={folded ? "Unfold navigation" : "Fold navigation"}
              aria-expanded={!folded}
              onClick={() => setFolded(!folded)}
            >
              <IconLayoutSidebar size={18} />
            </ActionIcon>
            <Group hiddenFrom="md" visibleFrom="xs">
              <Bell />
            </Group>
            <WorkspaceSwitcher />
          </Group>
          <Group gap={6} wrap="nowrap">
            <PaletteButton />
            <NoticeBell />
            <SchemeToggle />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className="side" data-folded={folded || undefined} visibleFrom="md" withBorder={false}>
        <SideNav name={name} />
      </AppShell.Navbar>
      <Drawer
        opened={open}
        onClose={close}
        position="left"
        size={264}
        withCloseButton={false}
        hiddenFrom="md"
        padding={0}
        attributes={{ content: { "aria-label": "Navigation" } }}
        classNames={{ content: "side", body: "side-body" }}
      >
        <SideNav name={name} onClose={close} />
      </Drawer>
      <AppShell.Main id="main" ref={main} tabIndex={-1} className="page-canvas">
        <OfflineNote />
        <div className="page">
          <Suspense fallback={<PagePending />}>
            <Outlet />
          </Suspense>
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
