import type { PGlite, QueryOptions, Transaction } from "@electric-sql/pglite";
import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";
import type { Engine } from "./engine";

/**
 * Prisma's way to the engine. The adapter that it is made of calls a transaction committed when its COMMIT has failed,
 * as it does on a full disk: here such a commit throws.
 */
export function engineAdapter(engine: Engine): SqlDriverAdapterFactory {
  const factory = new PrismaPGlite(clientOf(engine));
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      adapter.startTransaction = async (isolationLevel) => {
        let outcome: Promise<unknown> | undefined;
        const client = clientOf({
          ...engine,
          transaction: (work) => {
            const result = engine.transaction(work);
            outcome = result;
            return result;
          },
        });
        const own = await new PrismaPGlite(client).connect();
        const tx = await own.startTransaction(isolationLevel);
        const commit = tx.commit.bind(tx);
        tx.commit = async () => {
          await commit();
          await outcome;
        };
        return tx;
      };
      return adapter;
    },
  };
}

/** What the adapter asks of PGlite. */
function clientOf({ run, transaction }: Pick<Engine, "run" | "transaction">): PGlite {
  const client = {
    query: (text: string, values?: unknown[], options?: QueryOptions) =>
      run((pglite) => pglite.query(text, values, options)),
    exec: (text: string) => run((pglite) => pglite.exec(text)),
    transaction: <T>(work: (tx: Transaction) => Promise<T>) => transaction(work),
  };
  return client as unknown as PGlite;
}
