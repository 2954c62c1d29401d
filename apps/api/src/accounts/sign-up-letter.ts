import { randomUUID } from "node:crypto";
import type { Limiter, Limits } from "@tocsin/core/access";
import type { Context } from "@tocsin/core/context";
import type { Mailer } from "../mail/mailer";

/** Letters to one person. */
const limits: Limits = { perMinute: 1, perDay: 3 };

/**
 * Tells the owner of an address that somebody tried to sign up with it, whom nothing is told. Does not wait: how long
 * the mail server takes would tell them. Without a mail server nobody is told.
 */
export function announceSignUp(
  deps: { context: Pick<Context, "instance" | "now" | "log">; limiter: Limiter; mailer: Mailer | null },
  user: { id: string; email: string },
): void {
  const { context, limiter, mailer } = deps;
  if (!mailer) return;
  const { name, publicUrl } = context.instance;
  const send = async () => {
    const charge = await limiter.charge(`sign-up-letter:${user.id}`, limits, 1, context.now());
    if (!charge.accepted) return;
    const { error } = await mailer.send({
      to: user.email,
      subject: `${name}: you have an account already`,
      text: `Somebody tried to make an account on ${publicUrl} with your e-mail address, which has one already.\n\nIf it was you, sign in: ${publicUrl}/sign-in\nIf it was not, you need not do anything.\n`,
      messageId: randomUUID(),
    });
    if (error !== null) context.log.warn({ error }, "a letter about a sign-up was not sent");
  };
  void send().catch((err: unknown) => context.log.warn({ err }, "a letter about a sign-up was not sent"));
}
