import type { PGlite } from "@electric-sql/pglite";

/** What a PGlite of a pristine schema holds: what every one that is used again is brought back to. */
type Pristine = {
  schema: string;
  tables: readonly string[];
  /** As JSON, of the tables that have some. */
  rows: readonly { name: string; rows: string }[];
  /** Statements that set the sequences to where they were. */
  sequences: string;
};

let pristine: Promise<Pristine> | undefined;
const free: PGlite[] = [];

/**
 * A PGlite of this worker with every migration applied and nothing else in it: one that an earlier test gave back, else
 * a new one. Starting one takes more than most test files do.
 */
export async function borrowPglite(start: () => Promise<PGlite>): Promise<PGlite> {
  const used = free.pop();
  if (used) return lend(used);
  const fresh = await start();
  pristine ??= look(fresh);
  await pristine;
  return lend(fresh);
}

/** Like the engine itself, but deaf once it was given back: who still has it then must not meet the next one's data. */
function lend(engine: PGlite): PGlite {
  let returned = false;
  const close = async () => {
    if (returned) return;
    returned = true;
    if (await restored(engine)) free.push(engine);
    else await engine.close();
  };
  // What a test sets on it stays here.
  return new Proxy({ close } as PGlite, {
    get: (own, key) => {
      if (Reflect.has(own, key)) return Reflect.get(own, key);
      const value: unknown = Reflect.get(engine, key, engine);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        if (returned) throw new Error("the database is closed");
        return value.apply(engine, args);
      };
    },
  });
}

async function look(engine: PGlite): Promise<Pristine> {
  const tables = (await engine.query<{ name: string }>(ownTables)).rows.map(({ name }) => name);
  const rows = await Promise.all(
    tables.map(async (name) => {
      const found = await engine.query<{ rows: string | null }>(`SELECT json_agg(t)::text AS rows FROM ${name} t`);
      return { name, rows: found.rows[0]?.rows ?? "" };
    }),
  );
  const sequences = await engine.query<{ text: string | null }>(
    "SELECT string_agg(format('SELECT setval(%L, %s, %L);', schemaname || '.' || quote_ident(sequencename), COALESCE(last_value, start_value), last_value IS NOT NULL), '') AS text FROM pg_sequences",
  );
  return {
    schema: await schemaOf(engine),
    tables,
    rows: rows.filter(({ rows: some }) => some !== ""),
    sequences: sequences.rows[0]?.text ?? "",
  };
}

/** False where it cannot be used again, as when a test has changed the schema. */
async function restored(engine: PGlite): Promise<boolean> {
  if (!pristine || engine.closed || !engine.ready) return false;
  const { schema, tables, rows, sequences } = await pristine;
  try {
    await engine.exec("ROLLBACK");
    await engine.exec("DISCARD ALL");
    if ((await schemaOf(engine)) !== schema) return false;
    // Triggers keep the audit log from being emptied, but not by this role.
    await engine.exec("SET session_replication_role = replica");
    const some = tables
      .map((name) => `SELECT '${name}' AS name WHERE EXISTS (SELECT FROM ${name})`)
      .join(" UNION ALL ");
    const full = (await engine.query<{ name: string }>(some)).rows.map(({ name }) => name);
    if (full.length > 0) await engine.exec(`TRUNCATE ${full.join(", ")} CASCADE`);
    for (const { name, rows: json } of rows) {
      await engine.query(
        `INSERT INTO ${name} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::${name}, $1::json)`,
        [json],
      );
    }
    await engine.exec(sequences);
    // Else what an earlier test wrote counts as changed since the tables were analysed.
    await engine.exec("SELECT pg_stat_reset()");
    await engine.exec("DISCARD ALL");
    await engine.exec("SET timezone TO 'UTC'");
    return true;
  } catch {
    return false;
  }
}

const ownTables = `
  SELECT quote_ident(relname) AS name FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname`;

/** Of what tests may change of it: tables, columns, indexes, constraints, triggers and functions. */
async function schemaOf(engine: PGlite): Promise<string> {
  const { rows } = await engine.query<{ schema: string }>(`
    SELECT md5(string_agg(line, ',' ORDER BY line)) AS schema FROM (
      SELECT concat_ws(' ', 'class', oid, relname, relkind, reloptions) AS line FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION ALL
      SELECT concat_ws(' ', attrelid, attnum, attname, atttypid, attnotnull, attisdropped, attoptions) FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
      UNION ALL
      SELECT concat_ws(' ', 'index', indexrelid, indisvalid) FROM pg_index
        JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace
      UNION ALL
      SELECT concat_ws(' ', 'trigger', tgrelid, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL
      SELECT concat_ws(' ', 'constraint', oid, conname, convalidated) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL
      SELECT concat_ws(' ', 'function', oid, md5(prosrc)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) parts (line)`);
  return rows[0]?.schema ?? "";
}
