import type { AddressInfo } from "node:net";
import { manageScopes } from "@tocsin/core/access";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { addArticle, addRecords, addWatchlist } from "../testing/records";
import { createClock, inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { createTestToken } from "../testing/tokens";
import { createLedger, type Ledger } from "./ledger";

/** A server under attack, which listens too, and what its attackers have. */
export type World = {
  t: TestApp;
  ledger: Ledger;
  port: number;
  /** Of the operator's workspace. */
  secret: string;
  token: string;
  clock: ReturnType<typeof createClock>;
  send: (request: InjectOptions, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
  close: () => Promise<void>;
};

/** Long, since nobody is to be cut off for want of processors; who is slow on purpose gets less (unread.ts). */
const patience = { headersMs: 120_000, requestMs: 180_000, everyMs: 100 };

export async function buildWorld(env: Record<string, string> = {}): Promise<World> {
  const clock = createClock();
  const t = await buildTestApp({
    now: clock.now,
    patience,
    env: { TOCSIN_SIGNUP: "open", TOCSIN_GITHUB_SECRET_SCANNING: "on", ...env },
  });
  await t.deps.db.prisma.workspace.update({
    where: { id: t.operator.workspaceId },
    data: { overrides: { keys: 10_000, watchlists: 10_000 } },
  });
  await addRecords(t, [
    { value: "evil.example" },
    ...Array.from({ length: 500 }, (_, n) => ({ value: `n${n}.example` })),
  ]);
  await addArticle(t);
  await addWatchlist(t, t.operator.workspaceId);
  const { secret } = await t.createKey(t.operator);
  const { secret: token } = await createTestToken(t, t.operator, { scopes: [...manageScopes] });
  await t.app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = t.app.server.address() as AddressInfo;
  let sent = 0;
  return {
    t,
    ledger: createLedger(),
    port,
    secret,
    token,
    clock,
    // Far enough from the request before to be within every limit, and in `/api/auth`, which has a clock of its own,
    // from an address of its own.
    send: (request, headers = {}) => {
      clock.skip(1_000);
      sent += 1;
      const remoteAddress = `10.${sent >> 16}.${(sent >> 8) & 255}.${sent & 255}`;
      return inject(t, String(request.url).startsWith("/api/auth/") ? { remoteAddress, ...request } : request, headers);
    },
    close: () => t.close(),
  };
}

/** What an answer lacks that every answer has, or that its status says of our own fault; null where it is fine. */
export function faultOf(response: LightMyRequestResponse): string | null {
  const { statusCode, headers, body } = response;
  if (statusCode >= 500) return `${statusCode} ${body.slice(0, 300)}`;
  if (!/^req_[0-9a-f]{24}$/.test(String(headers["x-request-id"]))) return `${statusCode} without a request id`;
  if (headers["x-content-type-options"] !== "nosniff") return `${statusCode} without security headers`;
  if (statusCode >= 400 && !isErrorOfOurs(response)) return `${statusCode} in another form: ${body.slice(0, 300)}`;
  return null;
}

/** The envelope, tRPC's form (of each call of a batch), TAXII's, SCIM's; better-auth answers a code and a message of its own. */
function isErrorOfOurs({ body, headers }: LightMyRequestResponse): boolean {
  const id = headers["x-request-id"];
  try {
    const found = [JSON.parse(body)].flat();
    return found.every(
      ({ error, error_id, code, message, detail }) =>
        error?.request_id === id ||
        error?.data?.request_id === id ||
        error_id === id ||
        detail?.endsWith(`${id})`) ||
        (code && message),
    );
  } catch {
    return false;
  }
}

/** Everything that belongs to a workspace, as one text: two of them tell whether anything has changed. */
export async function fingerprint({ t }: World, workspaceId = t.operator.workspaceId): Promise<string> {
  const { sql } = t.deps.db;
  const tables = await sql.query<{ table_name: string }>(
    `SELECT table_name FROM information_schema.columns
     WHERE table_schema = current_schema() AND column_name = 'workspace_id'
       AND table_name !~ '^(usage|audit|api_key_)' ORDER BY 1`,
  );
  const parts = await Promise.all([
    ...tables.map(({ table_name: name }) => digest(`FROM "${name}" t WHERE t.workspace_id = $1::uuid`)),
    digest(`FROM workspace t WHERE t.id = $1::uuid`),
    digest(`FROM watchlist_entry t JOIN watchlist w ON w.id = t.watchlist_id WHERE w.workspace_id = $1::uuid`),
    digest(`FROM watchlist_match t JOIN watchlist w ON w.id = t.watchlist_id WHERE w.workspace_id = $1::uuid`),
    digest(
      `FROM watchlist_comment t JOIN watchlist_match m ON m.id = t.match_id JOIN watchlist w ON w.id = m.watchlist_id WHERE w.workspace_id = $1::uuid`,
    ),
    digest(`FROM own_feed t WHERE $1::uuid IS NOT NULL`),
    digest(`FROM "user" t JOIN member m ON m.user_id = t.id WHERE m.workspace_id = $1::uuid`),
  ]);
  return parts.join();

  async function digest(from: string): Promise<string> {
    const [row] = await sql.query<{ digest: string }>(
      `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest ${from}`,
      [workspaceId],
    );
    return `${from.slice(5, 20)}:${row?.digest}`;
  }
}
