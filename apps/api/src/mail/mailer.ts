import { createTransport } from "nodemailer";

export type Letter = { to: string; subject: string; text: string; messageId: string };

/** `refused`: the server will not take this letter, now or later. */
export type MailAnswer = { error: string | null; refused: boolean };

export type Mailer = { send(letter: Letter): Promise<MailAnswer>; close(): void };

/** Sends letters over SMTP, each on a connection of its own, so that an idle server needs none. */
export function createMailer(options: { url: string; from: string; timeoutMs: number }): Mailer {
  const { url, from, timeoutMs } = options;
  const transport = createTransport(
    {
      url,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    send: async ({ to, subject, text, messageId }) => {
      try {
        await transport.sendMail({
          // As an object it is one address, whatever stands in it.
          to: { name: "", address: to },
          subject: oneLine(subject),
          text,
          messageId: `<${messageId}@${domainOf(from)}>`,
          headers: { "auto-submitted": "auto-generated" },
        });
        return { error: null, refused: false };
      } catch (error) {
        return explain(error);
      }
    },
    close: () => transport.close(),
  };
}

function explain(error: unknown): MailAnswer {
  if (!(error instanceof Error)) return { error: "unknown", refused: false };
  const code = "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : 0;
  const atRecipient = "code" in error && error.code === "EENVELOPE";
  return { error: oneLine(error.message).slice(0, 200), refused: atRecipient && code >= 500 };
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}]+/gu, " ");
}

function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? "localhost";
}
