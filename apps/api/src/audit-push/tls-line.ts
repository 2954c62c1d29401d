import { once } from "node:events";
import { isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type TLSSocket } from "node:tls";

export type TlsTarget = {
  host: string;
  port: number /** PEM of the authorities; absent: those of Node. */;
  ca?: string;
};

/** Milliseconds: how long a connection or a write may take, and how long one must stay open behind a write to count. */
const patienceMs = 10_000;
const quietMs = 300;

/**
 * A connection to a receiver of syslog, opened when something is to be sent and again when it was lost. Syslog has no
 * answers: `send` resolves when all is written and the receiver has not closed the connection for a moment.
 */
export function createTlsLine({ host, port, ca }: TlsTarget) {
  let socket: TLSSocket | null = null;
  const close = () => {
    socket?.destroy();
    socket = null;
  };
  const open = async (): Promise<TLSSocket> => {
    if (socket && !socket.destroyed && socket.writable) return socket;
    close();
    const fresh = connect({
      ...{ host, port, minVersion: "TLSv1.2" as const },
      // RFC 6066 §3: an address is no server name.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca }),
    });
    // Heard of by whoever sends; an error between two batches must not end the process.
    fresh.on("error", () => {});
    // A receiver that ends its side takes nothing more.
    fresh.on("end", () => fresh.destroy());
    fresh.resume();
    socket = fresh;
    await once(fresh, "secureConnect", { signal: AbortSignal.timeout(patienceMs) });
    return fresh;
  };
  const send = async (text: string): Promise<void> => {
    try {
      const line = await open();
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error("the receiver takes nothing")), patienceMs);
        line.once("close", () => reject(new Error("the receiver closed the connection")));
        line.write(text, (error) => {
          clearTimeout(timer);
          if (error) reject(error);
          else resolve();
        });
      });
      await sleep(quietMs);
      if (line.destroyed) throw new Error("the receiver closed the connection");
    } catch (error) {
      close();
      throw error;
    }
  };
  return { send, close };
}
