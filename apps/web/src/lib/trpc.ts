import type { AppRouter } from "@tocsin/api/router";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { atBase } from "./base";
import { queryClient } from "./query-client";

/** For what a table of tasks calls; components take `trpc`. */
export const trpcClient = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: atBase("/api/trpc"), maxURLLength: 2048, maxItems: 10 })],
});

export const trpc = createTRPCOptionsProxy<AppRouter>({ client: trpcClient, queryClient });

export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;
