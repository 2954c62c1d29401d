import { createHash } from "node:crypto";
import { type Limits, type Pool, unitsPerRequest } from "@tocsin/core/access";

/** What this node by itself has counted of a subject: a floor under what Redis says, which may have lost its memory. */
export type Floor = { minuteIndex: number; minute: number; dayIndex: number; day: number };

/** A key, or the pool that it shares: one hash in Redis. */
export type Subject = { name: string; limits: Limits | Pool["limits"]; floor: Floor };

/** By the clock of Redis; in units, before the charge. */
export type Taken = { at: Date; used: { minute: number; day: number }[] };

/**
 * KEYS: one hash for each subject: the minute `m` and the day `d` it was last charged in, and the units `mu` and `du`
 * taken of them. ARGV: the units, then six for each subject: its limits (empty: none) and its floor.
 *
 * The windows are those of Redis's own clock, so that no node's clock matters. After a failover that clock may be a
 * little behind: a window that has begun, at most a minute ahead, stays begun.
 */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local units = tonumber(ARGV[1])
local stored = {}
for i, key in ipairs(KEYS) do
  stored[i] = redis.call('HMGET', key, 'm', 'mu', 'd', 'du')
  for field, length in pairs({ [1] = 60000, [3] = 86400000 }) do
    local begun = (tonumber(stored[i][field]) or 0) * length
    if begun > now and begun - now <= 60000 then now = begun end
  end
end

local minute, day = math.floor(now / 60000), math.floor(now / 86400000)
local answer, fits = { now }, true
for i = 1, #KEYS do
  local first = 6 * i - 4
  local function taken(index, field, floor, limit)
    local counted = tonumber(stored[i][field]) == index and tonumber(stored[i][field + 1]) or 0
    local here = tonumber(ARGV[floor]) == index and tonumber(ARGV[floor + 1]) or 0
    local used = math.max(counted, here)
    local most = tonumber(ARGV[limit])
    if most and used + units > most then fits = false end
    table.insert(answer, used)
  end
  taken(minute, 1, first + 2, first)
  taken(day, 3, first + 4, first + 1)
end
if units == 0 or not fits then return answer end

for i, key in ipairs(KEYS) do
  redis.call('HSET', key, 'm', minute, 'mu', answer[2 * i] + units, 'd', day, 'du', answer[2 * i + 1] + units)
  local ends = ARGV[6 * i - 3] == '' and (minute + 1) * 60000 or (day + 1) * 86400000
  redis.call('PEXPIREAT', key, ends + 60000)
end
return answer
`;
const sha = createHash("sha1").update(script).digest("hex");

/** What runs scripts: a client of one Redis, or of a cluster. */
export type ScriptClient = {
  evalsha(sha: string, keys: number, ...args: (string | number)[]): Promise<unknown>;
  eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown>;
};

/** Charges every window of every subject, or none, in one step. All names must lie in one hash slot. */
export async function runCharge(client: ScriptClient, units: number, subjects: readonly Subject[]): Promise<Taken> {
  const words = [...subjects.map(({ name }) => name), units, ...subjects.flatMap(wordsOf)];
  const answer = await client.evalsha(sha, subjects.length, ...words).catch((error: unknown) => {
    // It was started anew, or its scripts were flushed.
    if (error instanceof Error && error.message.startsWith("NOSCRIPT"))
      return client.eval(script, subjects.length, ...words);
    throw error;
  });
  const [at, ...used] = Array.isArray(answer) ? answer.map(Number) : [];
  if (at === undefined || used.length !== 2 * subjects.length || ![at, ...used].every(Number.isFinite)) {
    throw new Error("Redis answered the script with something else");
  }
  const pairs = subjects.map((_, i) => ({ minute: used[2 * i] ?? 0, day: used[2 * i + 1] ?? 0 }));
  return { at: new Date(at), used: pairs };
}

function wordsOf({ limits, floor }: Subject): (string | number)[] {
  const most = (limit: number | null) => (limit === null ? "" : limit * unitsPerRequest);
  return [most(limits.perMinute), most(limits.perDay), floor.minuteIndex, floor.minute, floor.dayIndex, floor.day];
}
