import {
  deliveryListShape,
  getWebhook,
  listDeliveries,
  listDeliveriesInput,
  queuedShape,
  removeWebhook,
  replayDelivery,
  replayInput,
  savedWebhookShape,
  setWebhook,
  setWebhookInput,
  testWebhook,
  webhookAnswerShape,
} from "@tocsin/core/notices";
import { z } from "zod";
import { bySession, router } from "../procedure";

const byAdmin = () => bySession({ right: "workspace:write" });

export const webhooksRouter = router({
  get: byAdmin()
    .output(webhookAnswerShape)
    .query(async ({ ctx }) => ({ data: await getWebhook(ctx), email: ctx.parts.settings.mail !== undefined })),

  set: byAdmin()
    .input(setWebhookInput)
    .output(savedWebhookShape)
    .mutation(({ ctx, input }) => setWebhook(ctx, input, { privateTargets: ctx.parts.settings.webhookPrivate })),

  remove: byAdmin()
    .output(z.object({ success: z.literal(true) }))
    .mutation(({ ctx }) => removeWebhook(ctx)),

  test: byAdmin()
    .output(queuedShape)
    .mutation(({ ctx }) => testWebhook(ctx)),

  deliveries: byAdmin()
    .input(listDeliveriesInput)
    .output(deliveryListShape)
    .query(({ ctx, input }) => listDeliveries(ctx, input)),

  replay: byAdmin()
    .input(replayInput)
    .output(queuedShape)
    .mutation(({ ctx, input }) => replayDelivery(ctx, input)),
});
