import {
  IconArrowsExchange,
  IconBell,
  IconBuildingCommunity,
  IconClipboardText,
  IconEye,
  IconFileExport,
  IconFileSearch,
  IconFlag,
  IconGridDots,
  IconInbox,
  IconKey,
  IconLayoutDashboard,
  IconListDetails,
  IconLogin2,
  IconNews,
  IconRadar2,
  IconRss,
  IconSearch,
  IconSettings,
  IconShieldQuestion,
  IconUsers,
} from "@tabler/icons-react";
import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { iocSearch } from "../components/ioc/ioc-search";
import { articleSearch } from "../features/articles/article-search";
import { attackSearch } from "../features/attack/attack-search";
import { auditSearch } from "../features/audit/audit-search";
import { requireSession } from "../features/auth/require-session";
import { exportSearch } from "../features/exports/export-search";
import { feedSearch } from "../features/feeds/feed-search";
import { keySearch } from "../features/keys/key-search";
import { lookupSearch } from "../features/lookup/lookup-search";
import { noticeSearch } from "../features/notices/notice-search";
import { ownSearch } from "../features/own-indicators/own-search";
import { pasteSearch } from "../features/paste/paste-search";
import { reportsSearch } from "../features/reports/reports-search";
import { matchSearch } from "../features/watchlists/match-search";
import { watchSearch } from "../features/watchlists/watch-search";
import { textParam } from "../lib/search-params";
import { NotFound } from "./not-found";

/**
 * The catalog of pages: address, what the address may say (`validateSearch`), the component, loaded when it is first
 * needed, and under `staticData.page` its title, who may see it and its place in the navigation. Routes, navigation,
 * headings and window titles all come from here: a new page is its component and an entry of this file.
 */

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });
const atRoot = { getParentRoute: () => root };

/** Pages before there is a session; `enter` and the end of a session lead here. */
export const publicPages = {
  signIn: createRoute({
    ...atRoot,
    path: "/sign-in",
    validateSearch: (search: Record<string, unknown>) => ({
      ...textParam(search, "redirect"),
      ...textParam(search, "problem", 40),
    }),
    component: lazyRouteComponent(() => import("../features/auth/sign-in-page"), "SignInPage"),
  }),
  signUp: createRoute({
    ...atRoot,
    path: "/sign-up",
    component: lazyRouteComponent(() => import("../features/auth/sign-up-page"), "SignUpPage"),
  }),
  setup: createRoute({
    ...atRoot,
    path: "/setup",
    validateSearch: (search: Record<string, unknown>) => textParam(search, "token"),
    component: lazyRouteComponent(() => import("../features/auth/setup-page"), "SetupPage"),
  }),
  forgotPassword: createRoute({
    ...atRoot,
    path: "/forgot-password",
    component: lazyRouteComponent(() => import("../features/auth/forgot-password-page"), "ForgotPasswordPage"),
  }),
  accountLink: createRoute({
    ...atRoot,
    path: "/account-link",
    component: lazyRouteComponent(() => import("../features/auth/account-link-page"), "AccountLinkPage"),
  }),
  acceptInvitation: createRoute({
    ...atRoot,
    path: "/accept-invitation/$invitationId",
    component: lazyRouteComponent(() => import("../features/auth/accept-invitation-page"), "AcceptInvitationPage"),
  }),
};

/** The frame of all that needs a session. */
export const inside = createRoute({
  ...atRoot,
  id: "inside",
  beforeLoad: ({ location }) => requireSession(location.href),
  component: lazyRouteComponent(() => import("./shell/shell"), "Shell"),
});
const inShell = { getParentRoute: () => inside };

export const pages = {
  overview: createRoute({
    ...inShell,
    path: "/",
    component: lazyRouteComponent(() => import("../features/overview/overview-page"), "OverviewPage"),
    staticData: { page: { title: "Overview", nav: { group: "intelligence", icon: IconLayoutDashboard } } },
  }),
  iocs: createRoute({
    ...inShell,
    path: "/iocs",
    validateSearch: iocSearch,
    component: lazyRouteComponent(() => import("../features/iocs/iocs-page"), "IocsPage"),
    staticData: { page: { title: "IOCs", nav: { group: "intelligence", icon: IconListDetails } } },
  }),
  lookup: createRoute({
    ...inShell,
    path: "/lookup",
    validateSearch: lookupSearch,
    component: lazyRouteComponent(() => import("../features/lookup/lookup-page"), "LookupPage"),
    staticData: { page: { title: "Lookup", nav: { group: "intelligence", icon: IconSearch } } },
  }),
  articles: createRoute({
    ...inShell,
    path: "/articles",
    validateSearch: articleSearch,
    component: lazyRouteComponent(() => import("../features/articles/articles-page"), "ArticlesPage"),
    staticData: { page: { title: "Articles", nav: { group: "intelligence", icon: IconNews } } },
  }),
  article: createRoute({
    ...inShell,
    path: "/articles/$articleId",
    component: lazyRouteComponent(() => import("../features/articles/article-page"), "ArticlePage"),
    staticData: { page: { title: "Article" } },
  }),
  paste: createRoute({
    ...inShell,
    path: "/paste",
    validateSearch: pasteSearch,
    component: lazyRouteComponent(() => import("../features/paste/paste-page"), "PastePage"),
    staticData: { page: { title: "Paste", nav: { group: "intelligence", icon: IconClipboardText } } },
  }),
  keptPaste: createRoute({
    ...inShell,
    path: "/paste/$pasteId",
    validateSearch: pasteSearch,
    component: lazyRouteComponent(() => import("../features/paste/kept-page"), "KeptPage"),
    staticData: { page: { title: "Kept text" } },
  }),
  attack: createRoute({
    ...inShell,
    path: "/attack",
    validateSearch: attackSearch,
    component: lazyRouteComponent(() => import("../features/attack/matrix-page"), "MatrixPage"),
    staticData: { page: { title: "ATT&CK", nav: { group: "intelligence", icon: IconGridDots } } },
  }),
  threat: createRoute({
    ...inShell,
    path: "/attack/$kind/$id",
    component: lazyRouteComponent(() => import("../features/attack/threat-page"), "ThreatPage"),
    staticData: { page: { title: "Threat" } },
  }),
  exports: createRoute({
    ...inShell,
    path: "/exports",
    validateSearch: exportSearch,
    component: lazyRouteComponent(() => import("../features/exports/exports-page"), "ExportsPage"),
    staticData: { page: { title: "Exports", nav: { group: "intelligence", icon: IconFileExport } } },
  }),
  taxii: createRoute({
    ...inShell,
    path: "/taxii",
    component: lazyRouteComponent(() => import("../features/taxii/taxii-page"), "TaxiiPage"),
    staticData: { page: { title: "TAXII", nav: { group: "intelligence", icon: IconArrowsExchange } } },
  }),
  watchlists: createRoute({
    ...inShell,
    path: "/watchlists",
    component: lazyRouteComponent(() => import("../features/watchlists/watchlists-page"), "WatchlistsPage"),
    staticData: { page: { title: "Watchlists", nav: { group: "intelligence", icon: IconRadar2 } } },
  }),
  watchlist: createRoute({
    ...inShell,
    path: "/watchlists/$watchlistId",
    validateSearch: watchSearch,
    component: lazyRouteComponent(() => import("../features/watchlists/watchlist-page"), "WatchlistPage"),
    staticData: { page: { title: "Watchlist" } },
  }),
  triage: createRoute({
    ...inShell,
    path: "/triage",
    validateSearch: matchSearch,
    component: lazyRouteComponent(() => import("../features/watchlists/triage-page"), "TriagePage"),
    staticData: { page: { title: "Triage", nav: { group: "intelligence", icon: IconInbox } } },
  }),
  ownIndicators: createRoute({
    ...inShell,
    path: "/own-indicators",
    validateSearch: ownSearch,
    component: lazyRouteComponent(() => import("../features/own-indicators/own-page"), "OwnIndicatorsPage"),
    staticData: { page: { title: "Own indicators", nav: { group: "intelligence", icon: IconFlag } } },
  }),
  reports: createRoute({
    ...inShell,
    path: "/reports",
    validateSearch: reportsSearch,
    component: lazyRouteComponent(() => import("../features/reports/reports-page"), "ReportsPage"),
    staticData: { page: { title: "Sightings & verdicts", nav: { group: "intelligence", icon: IconEye } } },
  }),
  feeds: createRoute({
    ...inShell,
    path: "/feeds",
    validateSearch: feedSearch,
    component: lazyRouteComponent(() => import("../features/feeds/feeds-page"), "FeedsPage"),
    staticData: { page: { title: "Feeds", nav: { group: "intelligence", icon: IconRss } } },
  }),
  warninglists: createRoute({
    ...inShell,
    path: "/warninglists",
    component: lazyRouteComponent(() => import("../features/warninglists/warninglists-page"), "WarninglistsPage"),
    staticData: { page: { title: "Warninglists", nav: { group: "intelligence", icon: IconShieldQuestion } } },
  }),
  keys: createRoute({
    ...inShell,
    path: "/keys",
    validateSearch: keySearch,
    component: lazyRouteComponent(() => import("../features/keys/keys-page"), "KeysPage"),
    staticData: { page: { title: "API keys", audience: "keys:read", nav: { group: "access", icon: IconKey } } },
  }),
  key: createRoute({
    ...inShell,
    path: "/keys/$keyId",
    component: lazyRouteComponent(() => import("../features/keys/key-page"), "KeyPage"),
    staticData: { page: { title: "API key", audience: "keys:read" } },
  }),
  notices: createRoute({
    ...inShell,
    path: "/notices",
    validateSearch: noticeSearch,
    component: lazyRouteComponent(() => import("../features/notices/notices-page"), "NoticesPage"),
    staticData: { page: { title: "Notices", nav: { group: "access", icon: IconBell } } },
  }),
  audit: createRoute({
    ...inShell,
    path: "/audit",
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import("../features/audit/audit-page"), "AuditPage"),
    staticData: {
      page: { title: "Audit log", audience: "audit:read", nav: { group: "access", icon: IconFileSearch } },
    },
  }),
  operator: createRoute({
    ...inShell,
    path: "/operator",
    component: lazyRouteComponent(() => import("../features/operator/operator-page"), "OperatorPage"),
    staticData: {
      page: { title: "Workspaces", audience: "operators", nav: { group: "operator", icon: IconBuildingCommunity } },
    },
  }),
  instanceSignOn: createRoute({
    ...inShell,
    path: "/operator/single-sign-on",
    component: lazyRouteComponent(
      () => import("../features/single-sign-on/instance-sign-on-page"),
      "InstanceSignOnPage",
    ),
    staticData: {
      page: { title: "Single sign-on", audience: "operators", nav: { group: "operator", icon: IconLogin2 } },
    },
  }),
  people: createRoute({
    ...inShell,
    path: "/people",
    component: lazyRouteComponent(() => import("../features/people/people-page"), "PeoplePage"),
    staticData: { page: { title: "People", audience: "operators", nav: { group: "operator", icon: IconUsers } } },
  }),
};

export const settings = createRoute({
  ...inShell,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/settings-page"), "SettingsPage"),
  staticData: { page: { title: "Settings", nav: { group: "access", icon: IconSettings } } },
});
const inSettings = { getParentRoute: () => settings };

/** The tabs of the settings, in their order. */
export const settingsPages = {
  home: createRoute({
    ...inSettings,
    path: "/",
    beforeLoad: () => {
      throw redirect({ to: "/settings/profile" });
    },
  }),
  profile: createRoute({
    ...inSettings,
    path: "/profile",
    component: lazyRouteComponent(() => import("../features/settings/profile-section"), "ProfileSection"),
    staticData: { page: { title: "Profile", note: "Settings of your account" } },
  }),
  security: createRoute({
    ...inSettings,
    path: "/security",
    component: lazyRouteComponent(() => import("../features/settings/security-section"), "SecuritySection"),
    staticData: { page: { title: "Security", note: "Settings of your account" } },
  }),
  members: createRoute({
    ...inSettings,
    path: "/members",
    component: lazyRouteComponent(() => import("../features/settings/members-section"), "MembersSection"),
    staticData: { page: { title: "Members", note: "Settings of this workspace" } },
  }),
  workspace: createRoute({
    ...inSettings,
    path: "/workspace",
    component: lazyRouteComponent(() => import("../features/settings/workspace-section"), "WorkspaceSection"),
    staticData: { page: { title: "Workspace", note: "Settings of this workspace" } },
  }),
  singleSignOn: createRoute({
    ...inSettings,
    path: "/single-sign-on",
    component: lazyRouteComponent(
      () => import("../features/single-sign-on/single-sign-on-section"),
      "SingleSignOnSection",
    ),
    staticData: { page: { title: "Single sign-on", note: "Settings of this workspace", audience: "workspace:write" } },
  }),
  notices: createRoute({
    ...inSettings,
    path: "/notices",
    component: lazyRouteComponent(() => import("../features/notices/webhook-section"), "WebhookSection"),
    staticData: { page: { title: "Notices", note: "Settings of this workspace", audience: "workspace:write" } },
  }),
  tokens: createRoute({
    ...inSettings,
    path: "/tokens",
    component: lazyRouteComponent(() => import("../features/tokens/tokens-section"), "TokensSection"),
    staticData: { page: { title: "Management tokens", note: "Settings of this workspace", audience: "tokens:write" } },
  }),
};
