import { router } from "./procedure";
import { accountRouter } from "./routers/account";
import { articlesRouter } from "./routers/articles";
import { attackRouter } from "./routers/attack";
import { auditRouter } from "./routers/audit";
import { exportsRouter } from "./routers/exports";
import { extractRouter } from "./routers/extract";
import { feedsRouter } from "./routers/feeds";
import { indicatorsRouter } from "./routers/indicators";
import { iocsRouter } from "./routers/iocs";
import { keyPolicyRouter, keyRequestsRouter } from "./routers/key-policy";
import { keysRouter } from "./routers/keys";
import { leaksRouter } from "./routers/leaks";
import { lookupRouter } from "./routers/lookup";
import { manageRouter } from "./routers/manage";
import { meRouter } from "./routers/me";
import { noticesRouter } from "./routers/notices";
import { overviewRouter } from "./routers/overview";
import { ownFeedsRouter } from "./routers/own-feeds";
import { pastesRouter } from "./routers/pastes";
import { peopleRouter } from "./routers/people";
import { feedbackRouter, sightingsRouter } from "./routers/reports";
import { sampleRouter } from "./routers/sample";
import { setupRouter } from "./routers/setup";
import { instanceSignOnRouter, singleSignOnRouter } from "./routers/single-sign-on";
import { taxiiRouter } from "./routers/taxii";
import { threatsRouter } from "./routers/threats";
import { tokensRouter } from "./routers/tokens";
import { usageRouter } from "./routers/usage";
import { warninglistsRouter } from "./routers/warninglists";
import { watchlistsRouter } from "./routers/watchlists";
import { webhooksRouter } from "./routers/webhooks";
import { workspacesRouter } from "./routers/workspaces";

/** Every procedure; those with `meta.rest` answer over REST too. */
export const appRouter = router({
  keys: keysRouter,
  keyPolicy: keyPolicyRouter,
  keyRequests: keyRequestsRouter,
  iocs: iocsRouter,
  indicators: indicatorsRouter,
  sightings: sightingsRouter,
  feedback: feedbackRouter,
  exports: exportsRouter,
  lookup: lookupRouter,
  extract: extractRouter,
  articles: articlesRouter,
  attack: attackRouter,
  feeds: feedsRouter,
  ownFeeds: ownFeedsRouter,
  audit: auditRouter,
  me: meRouter,
  account: accountRouter,
  people: peopleRouter,
  workspaces: workspacesRouter,
  pastes: pastesRouter,
  sample: sampleRouter,
  singleSignOn: singleSignOnRouter,
  instanceSignOn: instanceSignOnRouter,
  setup: setupRouter,
  overview: overviewRouter,
  notices: noticesRouter,
  webhooks: webhooksRouter,
  taxii: taxiiRouter,
  threats: threatsRouter,
  tokens: tokensRouter,
  manage: manageRouter,
  leaks: leaksRouter,
  usage: usageRouter,
  warninglists: warninglistsRouter,
  watchlists: watchlistsRouter,
});

export type AppRouter = typeof appRouter;
