import pg from "pg";
import { type Server, signIn, startServer } from "../src/e2e/server";

/** The built server on a database of its own, with one operator. */
export type OwnServer = {
  server: Server;
  database: string;
  query: <Row>(text: string) => Promise<Row[]>;
  /** The secret of a new key of the operator's workspace. */
  createKey: () => Promise<string>;
  /** Ends the server and drops the database. */
  remove: () => Promise<void>;
};

const admin = { email: "op@tocsin.example", password: "correct horse battery" };

/** What runs, and how: see `startServer`. */
type Program = NonNullable<Parameters<typeof startServer>[1]>;

/** `url` names any database of the PostgreSQL server to use. */
export async function startOwnServer(
  bench: string,
  url: string,
  { env = {}, ...program }: { env?: Record<string, string> } & Program = {},
): Promise<OwnServer> {
  const name = `tocsin_${bench}_${process.pid}`;
  const database = new URL(url);
  database.pathname = `/${name}`;
  await run(url, `CREATE DATABASE ${name}`);
  const drop = () => run(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  const server = await startServer(
    {
      DATABASE_URL: database.href,
      TOCSIN_SECRET: `${bench}-bench-secret-${bench}-bench-secret`,
      TOCSIN_ADMIN_EMAIL: admin.email,
      TOCSIN_ADMIN_PASSWORD: admin.password,
      LOG_LEVEL: "warn",
      ...env,
    },
    program,
  ).catch(async (error: unknown) => {
    await drop();
    throw error;
  });
  return {
    server,
    database: database.href,
    query: (text) => run(database.href, text),
    createKey: () => createKey(server.url),
    remove: async () => {
      await server.kill("SIGTERM");
      await drop();
    },
  };
}

async function run<Row>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query(text)
    .then((result) => result.rows as Row[])
    .finally(() => client.end());
}

async function createKey(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/keys`, {
    method: "POST",
    headers: {
      cookie: await signIn(url, admin.email, admin.password),
      origin: url,
      "content-type": "application/json",
    },
    body: JSON.stringify({ name: "bench" }),
  });
  const { data } = (await answer.json()) as { data: { key: string } };
  return data.key;
}
