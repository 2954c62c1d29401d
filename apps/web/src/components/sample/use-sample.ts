import { useMutation, useQuery } from "@tanstack/react-query";
import { queryClient } from "../../lib/query-client";
import { trpc } from "../../lib/trpc";
import { toastDone, toastProblem } from "../ui/toast";

/** The sample set: whether it is here, and what of this workspace belongs to it. */
export function useSample() {
  return useQuery(trpc.sample.get.queryOptions(undefined, { staleTime: 30_000 })).data?.data;
}

/** Loading and removing it; everything that is shown is asked for again afterwards. */
export function useSampleActions() {
  const changed = () => queryClient.invalidateQueries();
  const load = useMutation(
    trpc.sample.load.mutationOptions({
      onSuccess: () => toastDone("The sample data is loaded."),
      onError: (error) => toastProblem(error, "The sample data was not loaded"),
      onSettled: changed,
    }),
  );
  const remove = useMutation(
    trpc.sample.remove.mutationOptions({
      onSuccess: () => toastDone("The sample data is removed."),
      onError: (error) => toastProblem(error, "The sample data was not removed"),
      onSettled: changed,
    }),
  );
  return { load, remove };
}
