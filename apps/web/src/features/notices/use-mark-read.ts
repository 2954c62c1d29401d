import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toastProblem } from "../../components/ui/toast";
import { trpc } from "../../lib/trpc";

/** Marks notices as read by oneself; without ids all of them. The bell follows at once. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation(
    trpc.notices.markRead.mutationOptions({
      onSuccess: async (answer) => {
        queries.setQueryData(trpc.notices.unread.queryKey(), answer);
        await queries.invalidateQueries({ queryKey: trpc.notices.list.pathKey() });
      },
      onError: (error) => toastProblem(error, "The notice was not marked as read"),
    }),
  );
}
