import net from "node:net";

/** A proxy before a server that can stop passing anything on, as where packets are swallowed; nothing is lost in it. */
export type HangingProxy = {
  /** The address that was given, through the proxy. */
  url: string;
  /** Connections are accepted, and nothing comes or goes on any of them. */
  hang: () => void;
  /** The same for the one connection that the server sees at this port. */
  hangOnly: (port: number) => void;
  /** Passes on what was kept, also of those who have gone meanwhile. */
  resume: () => void;
  /** How many there have been. */
  connections: () => number;
  close: () => Promise<void>;
};

export async function startHangingProxy(url: string): Promise<HangingProxy> {
  const target = new URL(url);
  const pairs = new Set<{ client: net.Socket; server: net.Socket }>();
  let hung = false;
  let count = 0;
  const stop = (pair: { client: net.Socket; server: net.Socket }) => {
    pair.client.pause();
    pair.server.pause();
  };
  const listener = net.createServer({ allowHalfOpen: true }, (client) => {
    count++;
    const server = net.connect({
      port: Number(target.port || 5432),
      host: target.hostname.replace(/^\[|\]$/g, ""),
      allowHalfOpen: true,
    });
    const pair = { client, server };
    pairs.add(pair);
    client.pipe(server);
    server.pipe(client);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => {
        pairs.delete(pair);
        other.end();
      });
    }
    if (hung) stop(pair);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = new URL(url);
  address.hostname = "127.0.0.1";
  address.port = String((listener.address() as net.AddressInfo).port);
  return {
    url: address.href,
    hang: () => {
      hung = true;
      for (const pair of pairs) stop(pair);
    },
    hangOnly: (port) => {
      for (const pair of pairs) if (pair.server.localPort === port) stop(pair);
    },
    resume: () => {
      hung = false;
      for (const { client, server } of pairs) {
        client.resume();
        server.resume();
      }
    },
    connections: () => count,
    close: async () => {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
