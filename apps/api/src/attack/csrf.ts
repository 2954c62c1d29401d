import type { Target } from "./targets";
import { faultOf, fingerprint, type World } from "./world";

/** What browsers say of a request that another site's page makes; a form can send no JSON. */
const foreign: readonly (readonly [string, Record<string, string>])[] = [
  ["another origin", { origin: "https://evil.example" }],
  ["no origin", { origin: "null" }],
  ["our origin with another port", { origin: "http://127.0.0.1:8081" }],
  ["an origin that begins like ours", { origin: "http://127.0.0.1:8080.evil.example" }],
  ["a cross-site fetch", { "sec-fetch-site": "cross-site" }],
  ["a same-site fetch", { "sec-fetch-site": "same-site" }],
  ["a foreign page behind our host", { origin: "https://evil.example", "x-forwarded-host": "evil.example" }],
];

/** Every call that changes something by a session, as another site's page would make it. */
export async function attackCrossSite(world: World, targets: readonly Target[]): Promise<void> {
  const before = await fingerprint(world);
  for (const target of targets.filter(({ writes, headers }) => writes && headers.cookie !== undefined)) {
    await tryForeign(world, target);
    await tryWithoutScript(world, target);
  }
  world.ledger.record("cross-site", "the workspace", before === (await fingerprint(world)) ? null : "has changed");
}

async function tryForeign(world: World, target: Target): Promise<void> {
  for (const [what, headers] of foreign) {
    const response = await world.send(target.request, { ...target.headers, ...headers });
    const odd = response.statusCode === 403 ? null : `${response.statusCode}`;
    world.ledger.record("cross-site", `${target.name}, ${what}`, faultOf(response) ?? odd);
  }
}

/** What a page gets a browser to send without saying whence: a form's text, and a link. */
async function tryWithoutScript(world: World, { name, kind, request, headers }: Target): Promise<void> {
  const form = { ...request, payload: '{"a":"=b"}' };
  const sent = await world.send(form, { ...headers, "content-type": "text/plain" });
  world.ledger.record("cross-site", `${name}, a form`, sent.statusCode === 415 ? null : `${sent.statusCode}`);
  if (kind !== "trpc") return;
  const link = await world.send({ method: "GET", url: `${request.url}?input=%7B%7D` }, headers);
  world.ledger.record("cross-site", `${name}, a link`, link.statusCode === 405 ? null : `${link.statusCode}`);
}
