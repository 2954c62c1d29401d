import { randomUUID } from "node:crypto";
import { type KeyPolicy, noKeyPolicy } from "@tocsin/core/keys";
import type { MutationInputs } from "./mutations";
import type { TestApp } from "./test-app";

export async function setTestPolicy(t: TestApp, workspaceId: string, policy: Partial<KeyPolicy>): Promise<void> {
  await t.deps.db.prisma.workspace.update({
    where: { id: workspaceId },
    data: { keyPolicy: { ...noKeyPolicy, ...policy } },
    select: { id: true },
  });
}

/** A request in the operator's workspace, by the command line unless it is said. */
export async function addKeyRequest(t: TestApp, fields: object = {}): Promise<string> {
  const { id } = await t.deps.db.prisma.keyRequest.create({
    data: {
      id: randomUUID(),
      workspaceId: t.operator.workspaceId,
      requesterType: "system",
      requestedBy: "command line",
      name: "Wanted",
      scopes: ["read:iocs"],
      allowedIps: [],
      createdAt: new Date(),
      ...fields,
    },
    select: { id: true },
  });
  return id;
}

/** Inputs for what concerns key policies. */
export function keyPolicyInputs(t: TestApp): MutationInputs {
  const mine = { requesterType: "user", requesterId: t.operator.userId };
  const wanted = async () => {
    await setTestPolicy(t, t.operator.workspaceId, { require_approval: true });
    return { name: "Wanted" };
  };
  return {
    "keyPolicy.set": () => ({ ...noKeyPolicy, longest_life_days: 90 }),
    "keyRequests.create": wanted,
    "manage.request": wanted,
    "keyRequests.decide": async () => ({ requestId: await addKeyRequest(t), approve: true }),
    "keyRequests.withdraw": async () => ({ requestId: await addKeyRequest(t, mine) }),
    "keyRequests.collect": async () => ({
      requestId: await addKeyRequest(t, { ...mine, status: "approved", decidedAt: new Date() }),
    }),
  };
}

/** The same inputs, each in a workspace that has no policy before: what one sets must not be in the next one's way. */
export function withoutPolicy(t: TestApp, inputs: MutationInputs): MutationInputs {
  const make = (input: () => object | Promise<object>) => async () => {
    await setTestPolicy(t, t.operator.workspaceId, {});
    return input();
  };
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, make(input)]));
}
