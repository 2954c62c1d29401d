import { hourMs } from "@tocsin/core/lib";
import { resealWebhooks } from "@tocsin/core/notices";
import { resealOwnFeeds } from "@tocsin/core/own-feeds";
import { resealProviders } from "@tocsin/core/single-sign-on";
import { resealSecondFactors } from "./accounts/second-factor";
import type { Deps } from "./deps";

type Sealed = Pick<Deps, "accountSecrets" | "context" | "db">;

/**
 * Seals all that is sealed under the current TOCSIN_SECRET, so that a former one may go. What is sealed already costs a
 * look at the table. Says in the log what cannot be opened; never throws.
 */
export async function resealAll({ context, db, accountSecrets: secrets }: Sealed): Promise<void> {
  try {
    const lost = {
      second_factors: (await resealSecondFactors({ db: db.prisma, secrets })).lost,
      webhooks: (await resealWebhooks(context)).lost,
      identity_providers: (await resealProviders(context)).lost,
      feeds: (await resealOwnFeeds(context)).lost,
    };
    if (Object.values(lost).every((count) => count === 0)) return;
    context.log.warn(
      lost,
      "some secrets were stored under a TOCSIN_SECRET that is not known; name it in TOCSIN_PREVIOUS_SECRETS",
    );
  } catch (error) {
    context.log.warn({ err: error }, "what is stored under a former TOCSIN_SECRET could not be stored anew");
  }
}

/** Now, and every hour: nodes that have the former secret still may go on storing under it. `stop()` waits for what runs. */
export function resealRegularly(deps: Sealed): { stop: () => Promise<void> } {
  let work = resealAll(deps);
  const timer = setInterval(() => {
    work = work.then(() => resealAll(deps));
  }, hourMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await work;
    },
  };
}
