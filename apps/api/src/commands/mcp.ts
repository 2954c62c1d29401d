import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { z } from "zod";
import type { Terminal } from "../process/terminal";

export type Bridge = { readonly publicUrl: string; readonly apiKey: string | undefined; readonly input: Readable };

/** Characters of a message; a longer one is answered with an error, and not sent. */
const longestMessage = 1_000_000;

/**
 * The Model Context Protocol over standard input and output, for clients that start their servers: each line is a message,
 * which is sent to a running instance. Answers 2 without a key, else 0 when the input ends.
 */
export async function mcp({ publicUrl, apiKey, input }: Bridge, terminal: Terminal): Promise<number> {
  if (apiKey === undefined) {
    terminal.err("tocsin mcp: set TOCSIN_API_KEY to an API key, and PUBLIC_URL to the address of the instance\n");
    return 2;
  }
  const address = new URL(`${publicUrl}/mcp`);
  const under = new Set<Promise<void>>();
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    const answering = forward(address, apiKey, line).then((answer) => {
      if (answer !== null) terminal.out(`${answer}\n`);
    });
    under.add(answering);
    void answering.finally(() => under.delete(answering));
  }
  await Promise.all(under);
  return 0;
}

/** What the instance answers, as one line; null where a message has no answer. */
async function forward(address: URL, apiKey: string, message: string): Promise<string | null> {
  if (message.length > longestMessage) return failure(message.slice(0, 1_000), "the message is too long");
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json", accept: "application/json" },
      body: message,
    });
    const text = await response.text();
    if (response.status === 202) return null;
    const refused = refusal.safeParse(parse(text));
    if (refused.success) return failure(message, `${refused.data.error.code}: ${refused.data.error.message}`);
    return response.ok ? text : failure(message, `the instance answers ${response.status}`);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return failure(message, `${address.origin} cannot be reached: ${cause}`);
  }
}

/** The envelope of the API's own errors; those of the protocol have numbers for codes. */
const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const identified = z.object({ id: z.union([z.string(), z.number()]) });

/** An error of JSON-RPC to the message; none to what expects no answer. */
function failure(message: string, text: string): string | null {
  const parsed = parse(message);
  const read = identified.safeParse(parsed);
  if (parsed !== undefined && !read.success) return null;
  const id = read.success ? read.data.id : null;
  return JSON.stringify({ jsonrpc: "2.0", id, error: { code: -32_000, message: text } });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
