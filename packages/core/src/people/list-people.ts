import { type Authorized, requireOperator, roleOf, type SessionCaller, type SystemCaller } from "../access";
import type { Call } from "../context";
import { AppError, isUuid } from "../errors";
import { countUpTo, createTimeCursor, totalOf } from "../lib";
import type { ListPeopleInput, Person, PersonList } from "./shape";

const cursors = createTimeCursor();

type Row = {
  id: string;
  name: string;
  email: string;
  operator: boolean;
  disabled_at: Date | null;
  created_at: Date;
  two_factor_enabled: boolean;
  passkeys: number | bigint;
  sessions: number | bigint;
  seen_at: Date | null;
  workspaces: { id: string; name: string; role: string }[] | null;
};

/** `$1` is the time at which sessions have ended or not. */
const columns = `u.id, u.name, u.email, u.operator, u.disabled_at, u.created_at, u.two_factor_enabled,
  (SELECT count(*) FROM passkey WHERE user_id = u.id) AS passkeys,
  (SELECT count(*) FROM session WHERE user_id = u.id AND expires_at > $1::timestamptz) AS sessions,
  (SELECT max(updated_at) FROM session WHERE user_id = u.id) AS seen_at,
  (SELECT json_agg(json_build_object('id', w.id, 'name', w.name, 'role', m.role) ORDER BY m.created_at, m.id)
   FROM member m JOIN workspace w ON w.id = m.workspace_id WHERE m.user_id = u.id) AS workspaces`;

type OperatorCall = Call<Authorized<SessionCaller | SystemCaller>>;

/** A page of the instance's people, who came last first; for operators. */
export async function listPeople(ctx: OperatorCall, { q, limit, cursor }: ListPeopleInput): Promise<PersonList> {
  requireOperator(ctx.caller);
  const part = q ? `%${q.replace(/[\\%_]/g, "\\$&")}%` : null;
  const filter = (i: number) => `($${i}::text IS NULL OR u.name ILIKE $${i}::text OR u.email ILIKE $${i}::text)`;
  const after = cursor === undefined ? null : cursors.read(cursor);
  const rows = await ctx.sql.query<Row>(
    `SELECT ${columns} FROM "user" u
     WHERE ${filter(2)} AND ($3::timestamptz IS NULL OR (u.created_at, u.id) < ($3::timestamptz, $4::uuid))
     ORDER BY u.created_at DESC, u.id DESC LIMIT $5::int4`,
    [ctx.now().toISOString(), part, after?.at.toISOString() ?? null, after?.id ?? null, limit + 1],
  );
  const [counted] = await ctx.sql.query<{ n: number }>(countUpTo(`"user" u WHERE ${filter(1)}`), [part]);
  const page = rows.slice(0, limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    data: await toPeople(ctx, page),
    meta: {
      ...totalOf(counted?.n ?? 0),
      limit,
      next_cursor: last ? cursors.write(last.created_at, last.id) : null,
    },
  };
}

/** One person; for operators. Throws `not_found`. */
export async function getPerson(ctx: OperatorCall, id: string): Promise<Person> {
  requireOperator(ctx.caller);
  if (!isUuid(id)) throw new AppError("not_found");
  const rows = await ctx.sql.query<Row>(`SELECT ${columns} FROM "user" u WHERE u.id = $2::uuid`, [
    ctx.now().toISOString(),
    id,
  ]);
  const [person] = await toPeople(ctx, rows);
  if (!person) throw new AppError("not_found");
  return person;
}

async function toPeople(ctx: OperatorCall, rows: readonly Row[]): Promise<Person[]> {
  const keys = await ctx.sql.query<{ email: string; n: number | bigint }>(
    `SELECT created_by AS email, count(*) AS n FROM api_key
     WHERE created_by = ANY ($1::text[]) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2::timestamptz)
     GROUP BY 1`,
    [rows.map(({ email }) => email), ctx.now().toISOString()],
  );
  const active = new Map(keys.map(({ email, n }) => [email, Number(n)]));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    operator: row.operator,
    disabled_at: row.disabled_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    two_factor_enabled: row.two_factor_enabled,
    passkeys: Number(row.passkeys),
    sessions: Number(row.sessions),
    seen_at: row.seen_at?.toISOString() ?? null,
    active_keys: active.get(row.email) ?? 0,
    workspaces: (row.workspaces ?? []).map(({ role, ...workspace }) => ({ ...workspace, role: roleOf(role) })),
  }));
}
