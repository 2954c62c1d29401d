import { redirect } from "@tanstack/react-router";
import { problemOf } from "../../lib/problem";
import { beginSession, queryClient } from "../../lib/query-client";
import { trpc } from "../../lib/trpc";

/** Lets in who is signed in; sends others to sign in and back, or to the set-up of an instance without accounts. */
export async function requireSession(href: string): Promise<void> {
  const named = nameInstance();
  try {
    await queryClient.ensureQueryData(trpc.me.get.queryOptions());
    beginSession();
    await named;
  } catch (error) {
    if (problemOf(error).status !== 401) throw error;
    const state = await queryClient.ensureQueryData(setupState());
    if (state.needed) throw redirect({ to: "/setup" });
    throw redirect({ to: "/sign-in", search: href === "/" ? {} : { redirect: href } });
  }
}

/** Puts the instance's name where the title of every page finds it; without it the title says Tocsin. */
async function nameInstance(): Promise<void> {
  const state = await queryClient.ensureQueryData(setupState()).catch(() => null);
  if (state) document.documentElement.dataset.instance = state.instance_name;
}

/** What the instance is called, and whether it needs its first account or takes sign-ups. */
export function setupState() {
  return trpc.setup.state.queryOptions(undefined, { staleTime: 5 * 60_000 });
}
