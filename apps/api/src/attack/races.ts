// The same thing twice at once, and once more afterwards: one of them has its effect.
import { randomUUID } from "node:crypto";
import { createAccount } from "../accounts/setup";
import { mutationInputs, mutations } from "../testing/mutations";
import { origin, trpcRequest } from "../testing/requests";
import { faultOf, type World } from "./world";

const together = <T>(times: number, one: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: times }, (_, n) => one(n)));

/** Every procedure that changes something, by the same valid input three times: never an error of ours. */
export async function attackTwice({ t, ledger, send, token }: World): Promise<void> {
  const inputs = mutationInputs(t);
  for (const procedure of mutations) {
    const input = (await inputs[procedure.name]?.()) ?? {};
    const ask = () => {
      const { access, rest } = procedure;
      if (access.by !== "token" || !rest) return send(trpcRequest(procedure, input), { cookie: t.operator.cookie });
      const { keyId = "", ...payload } = input as { keyId?: string };
      const request = { method: rest.method, url: rest.path.replace(":keyId", keyId), payload };
      return send(request, { authorization: `Bearer ${token}` });
    };
    for (const response of [...(await together(2, ask)), await ask()]) {
      ledger.record("repeated", procedure.name, faultOf(response));
    }
  }
  // Among these the operator suspended the other workspace.
  await t.deps.db.prisma.workspace.update({
    where: { id: t.stranger.workspaceId },
    data: { suspendedAt: null, tier: "free" },
  });
}

/** What may be had once, or so many times, by as many as can at the same moment. */
export async function attackAtOnce(world: World): Promise<void> {
  const { ledger } = world;
  const expectCount = (what: string, found: number, allowed: number) =>
    ledger.record("parallel", what, found === allowed ? null : `${found}, not ${allowed}`);
  expectCount("keys beyond the limit", await keysBeyondLimit(world), 3);
  expectCount("requests beyond the minute", await requestsBeyondMinute(world), 10);
  expectCount("one invitation", await oneInvitation(world), 1);
  expectCount("one address that signs up", await oneAddress(world), 1);
  expectCount("events of one revocation", await eventsOfRevocation(world), 1);
  expectCount("secrets after rotations at once", await secretsAfterRotations(world), 2);
  for (const way of ["leave", "remove", "demote"] as const) {
    const owners = await lastOwner(world, way);
    ledger.record("parallel", `the last owner, ${way}`, owners >= 1 ? null : "nobody owns the workspace");
  }
}

async function keysBeyondLimit({ t, send }: World): Promise<number> {
  await t.deps.db.prisma.apiKey.deleteMany({ where: { workspaceId: t.stranger.workspaceId } });
  const responses = await together(8, (n) =>
    send({ method: "POST", url: "/api/v1/keys", payload: { name: `Key ${n}` } }, { cookie: t.stranger.cookie }),
  );
  const made = responses.filter(({ statusCode }) => statusCode === 201);
  await t.deps.db.prisma.apiKey.deleteMany({ where: { id: { in: made.map((one) => one.json().data.id) } } });
  return made.length;
}

async function requestsBeyondMinute({ t, clock }: World): Promise<number> {
  const { secret } = await t.createKey(t.stranger);
  clock.skipToMinute();
  const responses = await together(30, () =>
    t.app.inject({ url: "/api/v1/iocs/search?q=evil", headers: { authorization: `Bearer ${secret}` } }),
  );
  return responses.filter(({ statusCode }) => statusCode === 200).length;
}

async function oneInvitation({ t, send }: World): Promise<number> {
  const payload = {
    email: `guest-${randomUUID()}@tocsin.example`,
    role: "analyst",
    organizationId: t.operator.workspaceId,
  };
  const headers = { cookie: t.operator.cookie, origin };
  const invited = await send({ method: "POST", url: "/api/auth/organization/invite-member", payload }, headers);
  const { id } = invited.json();
  const responses = await together(5, (n) =>
    send(
      {
        method: "POST",
        url: "/api/invitations/accept",
        payload: { invitation_id: id, name: `Guest ${n}`, password: "correct horse battery" },
        remoteAddress: `198.51.100.${n + 1}`,
      },
      { origin },
    ),
  );
  return responses.filter(({ statusCode }) => statusCode === 201).length;
}

async function oneAddress({ t, send, ledger }: World): Promise<number> {
  const email = `new-${randomUUID()}@tocsin.example`;
  const responses = await together(3, (n) =>
    send(
      {
        method: "POST",
        url: "/api/auth/sign-up/email",
        payload: { email, password: "correct horse battery", name: `New ${n}` },
        remoteAddress: `198.51.100.${n + 20}`,
      },
      { origin },
    ),
  );
  for (const response of responses) ledger.record("parallel", "a sign-up", faultOf(response));
  return t.deps.db.prisma.user.count({ where: { email } });
}

async function eventsOfRevocation({ t, send, ledger }: World): Promise<number> {
  const { id } = await t.createKey(t.operator);
  const responses = await together(5, (n) =>
    send(
      { method: "DELETE", url: `/api/v1/keys/${id}`, payload: { reason: `reason ${n}` } },
      { cookie: t.operator.cookie },
    ),
  );
  for (const { statusCode } of responses) {
    ledger.record("parallel", "a revocation", statusCode === 200 ? null : `${statusCode}`);
  }
  return t.deps.db.prisma.auditEvent.count({ where: { action: "key.revoke", targetId: id } });
}

async function secretsAfterRotations({ t, send }: World): Promise<number> {
  const { id } = await t.createKey(t.operator);
  await together(5, () =>
    send({ method: "POST", url: `/api/v1/keys/${id}/rotate`, payload: {} }, { cookie: t.operator.cookie }),
  );
  const now = t.deps.context.now();
  return t.deps.db.prisma.keySecret.count({
    where: { keyId: id, OR: [{ retiresAt: null }, { retiresAt: { gt: now } }] },
  });
}

/** Two owners who both go at once, each by their own session; gives how many owners are left. */
async function lastOwner({ t, send }: World, way: "leave" | "remove" | "demote"): Promise<number> {
  const { prisma } = t.deps.db;
  const password = await t.deps.auth.$context.then((context) => context.password.hash("correct horse battery"));
  const workspaceId = randomUUID();
  await prisma.workspace.create({ data: { id: workspaceId, name: "Two owners", slug: workspaceId, tier: "free" } });
  const owners = await Promise.all(
    [1, 2].map(async () => {
      const email = `owner-${randomUUID()}@tocsin.example`;
      const userId = await createAccount(prisma, { email, name: "Owner", password });
      const memberId = randomUUID();
      await prisma.member.create({ data: { id: memberId, workspaceId, userId, role: "owner" } });
      return { memberId, cookie: await t.signIn(email) };
    }),
  );
  await together(2, async (n) => {
    const [me, other] = [owners[n], owners[1 - n]];
    const [path, body] = {
      leave: ["leave", {}] as const,
      remove: ["remove-member", { memberIdOrEmail: other?.memberId }] as const,
      demote: ["update-member-role", { memberId: other?.memberId, role: "analyst" }] as const,
    }[way];
    const payload = { organizationId: workspaceId, ...body };
    return send(
      { method: "POST", url: `/api/auth/organization/${path}`, payload },
      { cookie: me?.cookie ?? "", origin },
    );
  });
  return prisma.member.count({ where: { workspaceId, role: "owner" } });
}
