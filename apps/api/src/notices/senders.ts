import type { Context } from "@tocsin/core/context";
import { type Job, type NoticeChannel, type Outcome, signedHeaders } from "@tocsin/core/notices";
import type { Proxies, Resolve } from "@tocsin/core/outbound";
import type { Mailer } from "../mail/mailer";
import { postWebhook } from "./post-webhook";

/** What messages are carried by. */
export type Carriers = {
  context: Pick<Context, "now">;
  version: string;
  privateTargets: boolean;
  mailer: Mailer | null;
  timeoutMs: number;
  resolve?: Resolve;
  /** Of webhooks; mail goes to its server directly. */
  proxies?: Proxies;
};

export type Sent = Omit<Outcome, "at" | "ms">;

type Sender<Channel extends NoticeChannel> = (
  carriers: Carriers,
  job: Extract<Job, { channel: Channel }>,
  signal: AbortSignal,
) => Promise<Sent>;

/** How the message of each channel is carried. */
const senders: { readonly [Channel in NoticeChannel]: Sender<Channel> } = {
  email: async ({ mailer }, job) => {
    if (!mailer) return { delivered: false, status: null, error: "TOCSIN_SMTP_URL is not set on this node." };
    const { error, refused } = await mailer.send(job);
    return { delivered: error === null, final: refused, status: null, error };
  },
  webhook: async (carriers, { messageId: id, url, body, secrets }, signal) => {
    const headers = {
      "content-type": "application/json",
      "user-agent": `Tocsin/${carriers.version}`,
      ...signedHeaders({ id, at: carriers.context.now(), body }, secrets),
    };
    const answer = await postWebhook({ url, headers, body }, { ...carriers, signal });
    return { ...answer, delivered: answer.status !== null && answer.error === null, gone: answer.status === 410 };
  },
};

/** One attempt. */
export async function send(carriers: Carriers, job: Job, signal: AbortSignal): Promise<Sent> {
  if (job.channel === "none") return { delivered: false, final: true, status: null, error: job.problem };
  const sender = senders[job.channel] as Sender<typeof job.channel>;
  return sender(carriers, job, signal);
}
