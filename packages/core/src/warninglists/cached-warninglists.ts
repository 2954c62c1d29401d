import type { Context } from "../context";
import { type IocType, iocTypeCatalog, type Warninglist, type Warninglists } from "../values";
import { createWarninglists } from "./create-warninglists";
import { shippedWarninglists } from "./shipped";

/** The lists of this process, as the database last had them. */
export type CachedWarninglists = {
  readonly current: () => Warninglists;
  /** Reads what has changed since; a statement that finds nothing new reads two small aggregates. */
  readonly refresh: () => Promise<void>;
};

/** Name under which the operators' own values are marked. */
export const allowedName = "Allowed by operators";

let shipped: Warninglists | undefined;

/** What applies to a call: the process's lists, or those that Tocsin ships where it holds none. */
export function warninglistsOf(ctx: Pick<Context, "warninglists">): Warninglists {
  if (ctx.warninglists) return ctx.warninglists.current();
  shipped ??= createWarninglists(shippedWarninglists);
  return shipped;
}

/** Shipped lists until the first `refresh`. */
export function cacheWarninglists(ctx: Pick<Context, "sql">): CachedWarninglists {
  let lists = warninglistsOf({});
  let state = "";
  return {
    current: () => lists,
    refresh: async () => {
      const now = await stateOf(ctx);
      if (now === state) return;
      lists = createWarninglists(await readLists(ctx));
      state = now;
    },
  };
}

async function stateOf(ctx: Pick<Context, "sql">): Promise<string> {
  const [row] = await ctx.sql.query<{ state: string }>(
    `SELECT concat_ws(' ', (SELECT count(*) FROM warninglist), (SELECT max(changed_at) FROM warninglist),
       (SELECT count(*) FROM allowed_value), (SELECT max(added_at) FROM allowed_value)) AS state`,
  );
  return row?.state ?? "";
}

type Row = Omit<Warninglist, "around">;

/** Everything that counts now: a list that a feed brought stands in for a shipped one of the same id. */
async function readLists(ctx: Pick<Context, "sql">): Promise<Warninglist[]> {
  const brought = await ctx.sql.query<Row>(
    "SELECT id, name, kind, version, effect, means, types, urls, entries FROM warninglist ORDER BY id",
  );
  const replaced = new Set(brought.map(({ id }) => id));
  return [...shippedWarninglists.filter(({ id }) => !replaced.has(id)), ...brought, ...(await readAllowed(ctx))];
}

async function readAllowed(ctx: Pick<Context, "sql">): Promise<Warninglist[]> {
  const values = await ctx.sql.query<{ type: IocType; value: string }>("SELECT type, value FROM allowed_value");
  const list = (kind: "cidr" | "string" | "hostname", fits: (type: IocType) => boolean): Warninglist[] => {
    const chosen = values.filter(({ type }) => fits(type));
    if (chosen.length === 0) return [];
    const types = [...new Set(chosen.map(({ type }) => type))];
    return [{ ...allowed, id: `allowed-${kind}`, kind, types, entries: chosen.map(({ value }) => value) }];
  };
  const isAddress = (type: IocType) => iocTypeCatalog[type].nature === "address";
  const isName = (type: IocType) => iocTypeCatalog[type].nature === "name";
  return [
    ...list("cidr", isAddress),
    ...list("hostname", isName),
    ...list("string", (type) => !isAddress(type) && !isName(type)),
  ];
}

const allowed = {
  name: allowedName,
  version: "1",
  effect: "hide",
  means: "a value that the operators of this instance allow",
  urls: "any",
} as const;
