import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { iocSearch } from "../components/ioc/ioc-search";
import { articleSearch } from "../features/articles/article-search";
import { auditSearch } from "../features/audit/audit-search";
import { requireSession } from "../features/auth/require-session";
import { exportSearch } from "../features/exports/export-search";
import { keySearch } from "../features/keys/key-search";
import { noticeSearch } from "../features/notices/notice-search";
import { watchSearch } from "../features/watchlists/watch-search";
import { textParam } from "../lib/search-params";
import { NotFound } from "./not-found";
import { PageError } from "./page-error";
import { PagePending } from "./page-pending";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>) => ({ ...textParam(search, "redirect") }),
  component: lazyRouteComponent(() => import("../features/auth/sign-in-page"), "SignInPage"),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  component: lazyRouteComponent(() => import("../features/auth/sign-up-page"), "SignUpPage"),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  validateSearch: (search: Record<string, unknown>) => ({ ...textParam(search, "token") }),
  component: lazyRouteComponent(() => import("../features/auth/setup-page"), "SetupPage"),
});
const acceptInvitation = createRoute({
  getParentRoute: () => root,
  path: "/accept-invitation/$invitationId",
  component: lazyRouteComponent(() => import("../features/auth/accept-invitation-page"), "AcceptInvitationPage"),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: ({ location }) => requireSession(location.href),
  component: lazyRouteComponent(() => import("./shell/shell"), "Shell"),
});
const overview = createRoute({
  getParentRoute: () => inside,
  path: "/",
  component: lazyRouteComponent(() => import("../features/overview/overview-page"), "OverviewPage"),
});
const keys = createRoute({
  getParentRoute: () => inside,
  path: "/keys",
  validateSearch: keySearch,
  component: lazyRouteComponent(() => import("../features/keys/keys-page"), "KeysPage"),
});
const key = createRoute({
  getParentRoute: () => inside,
  path: "/keys/$keyId",
  component: lazyRouteComponent(() => import("../features/keys/key-page"), "KeyPage"),
});
const iocs = createRoute({
  getParentRoute: () => inside,
  path: "/iocs",
  validateSearch: iocSearch,
  component: lazyRouteComponent(() => import("../features/iocs/iocs-page"), "IocsPage"),
});
const exports = createRoute({
  getParentRoute: () => inside,
  path: "/exports",
  validateSearch: exportSearch,
  component: lazyRouteComponent(() => import("../features/exports/exports-page"), "ExportsPage"),
});
const taxii = createRoute({
  getParentRoute: () => inside,
  path: "/taxii",
  component: lazyRouteComponent(() => import("../features/taxii/taxii-page"), "TaxiiPage"),
});
const lookup = createRoute({
  getParentRoute: () => inside,
  path: "/lookup",
  validateSearch: (search: Record<string, unknown>) => ({ ...textParam(search, "value") }),
  component: lazyRouteComponent(() => import("../features/lookup/lookup-page"), "LookupPage"),
});
const articles = createRoute({
  getParentRoute: () => inside,
  path: "/articles",
  validateSearch: articleSearch,
  component: lazyRouteComponent(() => import("../features/articles/articles-page"), "ArticlesPage"),
});
const article = createRoute({
  getParentRoute: () => inside,
  path: "/articles/$articleId",
  component: lazyRouteComponent(() => import("../features/articles/article-page"), "ArticlePage"),
});
const feeds = createRoute({
  getParentRoute: () => inside,
  path: "/feeds",
  validateSearch: (search: Record<string, unknown>) => ({ ...textParam(search, "feed") }),
  component: lazyRouteComponent(() => import("../features/feeds/feeds-page"), "FeedsPage"),
});
const warninglists = createRoute({
  getParentRoute: () => inside,
  path: "/warninglists",
  component: lazyRouteComponent(() => import("../features/warninglists/warninglists-page"), "WarninglistsPage"),
});
const watchlists = createRoute({
  getParentRoute: () => inside,
  path: "/watchlists",
  component: lazyRouteComponent(() => import("../features/watchlists/watchlists-page"), "WatchlistsPage"),
});
const watchlist = createRoute({
  getParentRoute: () => inside,
  path: "/watchlists/$watchlistId",
  validateSearch: watchSearch,
  component: lazyRouteComponent(() => import("../features/watchlists/watchlist-page"), "WatchlistPage"),
});
const audit = createRoute({
  getParentRoute: () => inside,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("../features/audit/audit-page"), "AuditPage"),
});
const notices = createRoute({
  getParentRoute: () => inside,
  path: "/notices",
  validateSearch: noticeSearch,
  component: lazyRouteComponent(() => import("../features/notices/notices-page"), "NoticesPage"),
});
const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/settings-page"), "SettingsPage"),
});
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/profile" });
  },
});
const profile = createRoute({
  getParentRoute: () => settings,
  path: "/profile",
  component: lazyRouteComponent(() => import("../features/settings/profile-section"), "ProfileSection"),
});
const security = createRoute({
  getParentRoute: () => settings,
  path: "/security",
  component: lazyRouteComponent(() => import("../features/settings/security-section"), "SecuritySection"),
});
const members = createRoute({
  getParentRoute: () => settings,
  path: "/members",
  component: lazyRouteComponent(() => import("../features/settings/members-section"), "MembersSection"),
});
const workspace = createRoute({
  getParentRoute: () => settings,
  path: "/workspace",
  component: lazyRouteComponent(() => import("../features/settings/workspace-section"), "WorkspaceSection"),
});
const tokens = createRoute({
  getParentRoute: () => settings,
  path: "/tokens",
  component: lazyRouteComponent(() => import("../features/tokens/tokens-section"), "TokensSection"),
});
const noticeSettings = createRoute({
  getParentRoute: () => settings,
  path: "/notices",
  component: lazyRouteComponent(() => import("../features/notices/webhook-section"), "WebhookSection"),
});
const operator = createRoute({
  getParentRoute: () => inside,
  path: "/operator",
  component: lazyRouteComponent(() => import("../features/operator/operator-page"), "OperatorPage"),
});

const routeTree = root.addChildren([
  signIn,
  signUp,
  setup,
  acceptInvitation,
  inside.addChildren([
    overview,
    keys,
    key,
    iocs,
    exports,
    taxii,
    lookup,
    articles,
    article,
    feeds,
    warninglists,
    watchlists,
    watchlist,
    audit,
    notices,
    settings.addChildren([settingsHome, profile, security, members, workspace, noticeSettings, tokens]),
    operator,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageError,
  scrollRestoration: true,
  // What a page's validator drops is gone, so that a mangled link still opens the page.
  search: { strict: true },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
