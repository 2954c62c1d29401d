import {
  getCurrentAuthContextAsyncLocalStorage,
  getCurrentDBAdapterAsyncLocalStorage,
  getRequestStateAsyncLocalStorage,
} from "@better-auth/core/context";

/** They are better-auth's for the whole process, however many instances of it there are; so is the count. */
let underWay = 0;

/**
 * `api` whose calls leave no hook of promises behind. Before Node 24 an `AsyncLocalStorage` that has run once keeps a
 * hook on every promise of the process, which nearly doubles what each request costs, whoever asks; better-auth has
 * three. They are disabled whenever no call of it is under way.
 */
export function withoutIdleHooks<Api extends object>(api: Api): Api {
  return new Proxy(api, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "function") return value;
      return new Proxy(value, { apply: (call, self, given) => thenDisable(() => Reflect.apply(call, self, given)) });
    },
  });
}

async function thenDisable(call: () => unknown): Promise<unknown> {
  underWay += 1;
  try {
    return await call();
  } finally {
    underWay -= 1;
    await disableIdle();
  }
}

async function disableIdle(): Promise<void> {
  const storages = await Promise.all([
    getRequestStateAsyncLocalStorage(),
    getCurrentAuthContextAsyncLocalStorage(),
    getCurrentDBAdapterAsyncLocalStorage(),
  ]);
  // Another call may have begun meanwhile: it disables them at its end.
  if (underWay > 0) return;
  for (const storage of storages) storage.disable();
}
