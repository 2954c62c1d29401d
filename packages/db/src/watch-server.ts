import type { Socket } from "node:net";
import pg from "pg";
import { DatabaseSilentError, databaseCode } from "./database-errors";

/** Whether a server answers, and what its connections wait for. */
export type ServerWatch = {
  answers: () => boolean;
  /** Takes a new connection of a pool under watch: it does not wait for a server that is silent. */
  adopt: (client: pg.Client) => void;
  stop: () => void;
};

/** Between two questions (milliseconds). */
const everyMs = 400;
/** Who says nothing at all for so long is silent: with the pause before it, less than two seconds (milliseconds). */
const patienceMs = 1_000;
/** A statement without an answer for so long is asked after (milliseconds). */
const suspectAfterMs = 500;
/** So many answers in a row that the server does not work on it. */
const mostStrikes = 2;

/** Times by the process's own clock; `bytesAt`: when it last said anything. */
type Watched = { askedAt: number; bytesAt: number; strikes: number };
/** What pg's types leave out. */
type Internals = { connection: { stream: Socket }; readyForQuery: boolean; processID: number };

/**
 * Asks the server a small question on a connection of its own, again and again, since neither TCP nor PostgreSQL says
 * for minutes that packets are swallowed. When nothing comes any more, neither the answer nor a byte on any other
 * connection, all of them are cut: what waits for them fails at once, and so does every new one until the server
 * answers. A single connection that hangs is told from a slow statement by the server, which says for whom it works.
 */
export function watchServer(config: pg.ClientConfig): ServerWatch {
  const clients = new Map<pg.Client, Watched>();
  let silent: DatabaseSilentError | null = null;
  let heardAt = performance.now();
  const heard = (at: number) => {
    heardAt = at;
  };
  const turn = createQuestion(config);
  const ask = async () => {
    const sentAt = performance.now();
    const suspects = [...clients].filter(([client, watched]) => waitedMs(client, watched) >= suspectAfterMs);
    const answer = await turn.ask(suspects.map(([client]) => internals(client).processID));
    if (answer === "late") {
      if (heardAt <= sentAt) fallSilent();
    } else if (answer === "refused") silent = null;
    // Any other failure says nothing of the connections that are there: they find out by themselves.
    else if (answer !== "failed") {
      silent = null;
      for (const [client, watched] of suspects) judge(client, watched, answer);
    }
  };
  const fallSilent = () => {
    silent ??= new DatabaseSilentError(`The database has not said anything for ${patienceMs} ms.`);
    for (const client of [...clients.keys()]) cut(client, silent);
  };
  const judge = (client: pg.Client, watched: Watched, answer: Answer) => {
    // Behind a pooler the server knows the connections by other numbers.
    if (!answer.direct || waitedMs(client, watched) < suspectAfterMs) return;
    watched.strikes = answer.working.has(internals(client).processID) ? 0 : watched.strikes + 1;
    if (watched.strikes < mostStrikes) return;
    cut(client, new DatabaseSilentError("A connection to the database has been lost without a word."));
  };
  const cut = (client: pg.Client, error: Error) => {
    clients.delete(client);
    internals(client).connection.stream.destroy(error);
  };
  const stop = repeat(ask, everyMs);
  return {
    answers: () => silent === null,
    adopt: (client) => adoptClient(client, { clients, silence: () => silent, heard }),
    stop: () => {
      stop();
      turn.close();
      // A server that is silent takes no leave either.
      if (silent) for (const client of [...clients.keys()]) cut(client, silent);
    },
  };
}

function internals(client: pg.Client): Internals {
  return client as unknown as Internals;
}

/** Milliseconds since the last sign of life while the connection waits for an answer, else 0. */
function waitedMs(client: pg.Client, { askedAt, bytesAt }: Watched): number {
  return internals(client).readyForQuery ? 0 : performance.now() - Math.max(askedAt, bytesAt);
}

type Shared = {
  clients: Map<pg.Client, Watched>;
  silence: () => Error | null;
  heard: (at: number) => void;
};

/** Notes when the client asks and when it hears, and lets it connect only while the server answers. */
function adoptClient(client: pg.Client, { clients, silence, heard }: Shared): void {
  const { connect, query } = client as unknown as Record<"connect" | "query", (...args: unknown[]) => unknown>;
  const watched: Watched = { askedAt: performance.now(), bytesAt: 0, strikes: 0 };
  const hear = () => {
    watched.bytesAt = performance.now();
    watched.strikes = 0;
    heard(watched.bytesAt);
  };
  client.once("end", () => clients.delete(client));
  // With TLS the stream is another one once it is connected.
  client.once("connect", () => internals(client).connection.stream.on("data", hear));
  Object.assign(client, {
    // The pool calls it with a callback.
    connect: (callback: (error: Error) => void) => {
      const refused = silence();
      if (refused) return process.nextTick(callback, refused);
      clients.set(client, watched);
      return connect.call(client, callback);
    },
    query: (...args: unknown[]) => {
      watched.askedAt = performance.now();
      return query.apply(client, args);
    },
  });
}

/** `working`: the numbers among those asked for whose statement the server works on. */
type Answer = { direct: boolean; working: ReadonlySet<number> };

/** No answer in time; an error of the server, which answers then, as when it has too many connections; any other error. */
type Problem = "late" | "refused" | "failed";

function problemOf(error: unknown): Problem {
  const code = databaseCode(error);
  return code !== null && !/^(08|57P|EPIPE)/.test(code) ? "refused" : "failed";
}

/** Asks on one connection, opened anew when it was lost. */
function createQuestion(config: pg.ClientConfig) {
  let line: pg.Client | null = null;
  const drop = (client: pg.Client) => {
    if (line === client) line = null;
    internals(client).connection.stream.destroy();
  };
  const open = async (): Promise<pg.Client> => {
    if (line) return line;
    const client = new pg.Client({ ...config, keepAlive: true });
    line = client;
    client.on("error", () => drop(client));
    await client.connect();
    return client;
  };
  return {
    ask: async (pids: number[]): Promise<Answer | Problem> => {
      const work = open().then((client) =>
        client.query<{ own: number; pids: number[] }>(
          `SELECT pg_backend_pid() AS own, ARRAY(
             SELECT pid FROM pg_stat_activity WHERE pid = ANY($1::int[]) AND state = 'active') AS pids`,
          [pids],
        ),
      );
      const answer = await inTime(work.catch(problemOf), patienceMs);
      if (typeof answer === "string") {
        if (line) drop(line);
        return answer;
      }
      const [row] = answer.rows;
      return { direct: row?.own === (line && internals(line).processID), working: new Set(row?.pids) };
    },
    close: () => {
      if (line) drop(line);
    },
  };
}

/** "late" where it is. A process that was busy for longer reads what lies in its sockets before it complains. */
function inTime<T>(promise: Promise<T>, ms: number): Promise<T | "late"> {
  return new Promise((resolve) => {
    let second: NodeJS.Immediate | undefined;
    const first = setTimeout(() => {
      second = setImmediate(() => {
        second = setImmediate(() => resolve("late"));
      });
    }, ms);
    void promise.then((value) => {
      clearTimeout(first);
      clearImmediate(second);
      resolve(value);
    });
  });
}

/** Runs `work`, which never rejects, again and again with a pause in between, until the function that it gives is called. */
function repeat(work: () => Promise<void>, pauseMs: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = async () => {
    await work();
    if (!stopped) timer = setTimeout(run, pauseMs).unref();
  };
  void run();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
