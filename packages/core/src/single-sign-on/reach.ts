import { hourMs } from "../lib";

/** A session by a provider ends after this, however much it is used: the provider may know the person no more. */
export const providerSessionMs = 12 * hourMs;

export type ReachOf = {
  operator: boolean;
  createdAt: Date;
  /** By which it began; null: by a password. */
  ssoProviderId: string | null;
  /** Of a workspace's provider. */
  ssoWorkspaceId: string | null;
};

/** Whether a session by a provider is over. */
export function isOver({ ssoProviderId, createdAt }: ReachOf, now: Date): boolean {
  return ssoProviderId !== null && createdAt.getTime() + providerSessionMs <= now.getTime();
}

/**
 * Whether a session may act in a workspace that the person is a member of. A workspace's provider vouches for its people
 * there and nowhere else; where a workspace requires its provider, only sessions by it reach it, and those of an operator
 * by a password, who breaks the glass.
 */
export function reaches(session: ReachOf, workspace: { id: string; requiredProviderId: string | null }): boolean {
  if (session.ssoWorkspaceId !== null && session.ssoWorkspaceId !== workspace.id) return false;
  const { requiredProviderId } = workspace;
  if (requiredProviderId === null || requiredProviderId === session.ssoProviderId) return true;
  return session.operator && session.ssoProviderId === null;
}
