import type { Context } from "@tocsin/core/context";
import { minuteMs } from "@tocsin/core/lib";
import { seal, unseal } from "@tocsin/core/outbound";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

/** How long somebody may take at the provider. */
const lifetimeMs = 15 * minuteMs;
/** What the sealed text is bound to: nothing else that is sealed can stand in its place. */
const place = "sign-in under way";

const shape = z.object({
  providerId: z.uuid(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirect: z.string(),
  until: z.number(),
});
type Kept = z.output<typeof shape>;
type Need = Pick<Context, "peppers" | "now" | "instance">;

/** Keeps a sign-in under way in the browser that began it, sealed: what another browser brings back is refused. */
export function keepPending(ctx: Need, reply: FastifyReply, pending: Omit<Kept, "until">): void {
  const text = JSON.stringify({ ...pending, until: ctx.now().getTime() + lifetimeMs });
  setCookie(ctx, reply, seal(ctx, text, place), lifetimeMs / 1_000);
}

/** What was kept, once: the cookie goes. Null where there is none, or it is too old. */
export function takePending(ctx: Need, request: FastifyRequest, reply: FastifyReply): Kept | null {
  const name = `${cookieName(ctx)}=`;
  const part = request.headers.cookie?.split(";").find((each) => each.trim().startsWith(name));
  if (part === undefined) return null;
  setCookie(ctx, reply, "", 0);
  const text = unseal(ctx, part.trim().slice(name.length), place);
  const kept = text === null ? null : shape.safeParse(JSON.parse(text)).data;
  return kept && kept.until > ctx.now().getTime() ? kept : null;
}

function setCookie(ctx: Need, reply: FastifyReply, value: string, maxAge: number): void {
  const secure = isSecure(ctx) ? "; Secure" : "";
  reply.header("set-cookie", `${cookieName(ctx)}=${value}; Max-Age=${maxAge}; Path=/; HttpOnly; SameSite=Lax${secure}`);
}

function cookieName(ctx: Need): string {
  return isSecure(ctx) ? "__Host-tocsin-sign-in" : "tocsin-sign-in";
}

function isSecure({ instance }: Need): boolean {
  return instance.publicUrl.startsWith("https:");
}
