import net from "node:net";
import pg from "pg";
import type { SqlQuery } from "./sql";

/** One connection beside the pool, for what must not wait behind other work. */
export type Line = {
  query: SqlQuery;
  /** Calls `handler` with the payload of every notification of the channel. */
  listen: (channel: string, handler: (payload: string) => void) => Promise<void>;
  /** Cuts the connection, whatever the server is doing. */
  close: () => void;
};

/** Opens a line; `onEnd` is called once when it is lost, not when it is closed. A statement has `timeoutMs` to answer. */
export type OpenLine = (options: { timeoutMs: number; onEnd: () => void }) => Promise<Line>;

export function lineOpener(config: pg.ClientConfig): OpenLine {
  return async ({ timeoutMs, onEnd }) => {
    const socket = new net.Socket();
    const client = new pg.Client({
      ...config,
      stream: () => socket,
      keepAlive: true,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
    });
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      socket.destroy();
      onEnd();
    };
    client.on("error", end);
    client.on("end", end);
    const close = () => {
      over = true;
      socket.destroy();
    };
    try {
      await client.connect();
    } catch (error) {
      close();
      throw error;
    }
    return {
      query: async (text, values) => (await client.query(text, values as unknown[])).rows,
      listen: async (channel, handler) => {
        client.on("notification", (message) => {
          if (message.channel === channel) handler(message.payload ?? "");
        });
        await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      },
      close,
    };
  };
}
