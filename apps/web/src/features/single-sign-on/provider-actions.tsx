import { Alert, Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { type ProviderOf, proceduresOf } from "./use-provider";

/** Asks the stored provider whether a sign-in could begin, and removes it; removing takes two clicks. */
export function ProviderActions({ of, forbidden }: { of: ProviderOf; forbidden: string | null }) {
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const test = useMutation(proceduresOf[of].test.mutationOptions());
  const remove = useMutation(
    proceduresOf[of].remove.mutationOptions({
      onSuccess: async () => {
        toastDone("The identity provider is removed.");
        await queries.invalidateQueries({ queryKey: proceduresOf[of].pathKey() });
      },
      onError: (error) => toastProblem(error, "The identity provider was not removed"),
    }),
  );
  return (
    <>
      <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
        Test connection
      </Button>
      <Button
        hidden={forbidden !== null}
        variant={sure ? "filled" : "subtle"}
        color="red"
        loading={remove.isPending}
        onBlur={() => setSure(false)}
        onClick={() => (sure ? remove.mutate() : setSure(true))}
      >
        {sure ? "Confirm removal" : "Remove"}
      </Button>
      {test.isError && <ProblemAlert error={test.error} title="The connection was not tested" />}
      {test.data && (
        <Alert w="100%" color={test.data.data.ok ? "teal" : "red"} role="status" className="wrap-anywhere">
          {test.data.data.problem ?? "The provider answers, and its discovery document fits the issuer."}
        </Alert>
      )}
    </>
  );
}
