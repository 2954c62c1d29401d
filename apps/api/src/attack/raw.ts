// Bytes on a connection, as no client library would send them.
import net from "node:net";

export type Answer = { status: number; headers: Record<string, string>; body: string };

/** How long a test waits for what must come; nothing is measured by it. */
const patienceMs = 30_000;

/** Writes the pieces, reads until the other side ends or `enough` says so, and gives what came. */
export function exchange(
  port: number,
  pieces: readonly (string | Buffer)[],
  options: { everyMs?: number; enough?: (text: string) => boolean } = {},
): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1");
    let text = "";
    const settle = (closed: boolean) => {
      clearTimeout(deadline);
      clearInterval(drip);
      socket.destroy();
      resolve({ text, closed });
    };
    const deadline = setTimeout(
      () => reject(new Error(`no end after ${patienceMs} ms: ${text.slice(0, 200)}`)),
      patienceMs,
    );
    const left = [...pieces];
    const write = () => {
      const piece = left.shift();
      if (piece !== undefined && socket.writable) socket.write(piece);
    };
    let drip: NodeJS.Timeout | undefined;
    socket.on("connect", () => {
      if (options.everyMs === undefined) while (left.length > 0) write();
      else drip = setInterval(write, options.everyMs);
    });
    socket.on("data", (data) => {
      text += data.toString("latin1");
      if (options.enough?.(text)) settle(false);
    });
    // A reset after the answer is an end as well.
    socket.on("error", () => settle(true));
    socket.on("close", () => settle(true));
  });
}

/** The answers in what came over one connection. */
export function answersIn(text: string): Answer[] {
  const answers: Answer[] = [];
  for (let rest = text; rest !== ""; ) {
    const end = rest.indexOf("\r\n\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(rest)?.[1]);
    if (end < 0 || Number.isNaN(status)) throw new Error(`not an answer: ${rest.slice(0, 200)}`);
    const fields = rest.slice(0, end).split("\r\n").slice(1);
    const headers = Object.fromEntries(
      fields.map((field) => [field.slice(0, field.indexOf(":")).toLowerCase(), field.slice(field.indexOf(":") + 2)]),
    );
    const length = Number(headers["content-length"] ?? 0);
    answers.push({ status, headers, body: rest.slice(end + 4, end + 4 + length) });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}
