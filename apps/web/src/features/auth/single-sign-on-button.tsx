import { Alert, Button, Divider, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Problem, requestJson } from "../../lib/problem";
import { kindIn } from "../../lib/tables";
import { signOnProblems } from "./sign-on-problems";

type Props = { email: string; redirect: string; onMissing: () => void };

/** Goes on by the identity provider of the address's domain. */
export function SingleSignOnButton({ email, redirect, onMissing }: Props) {
  const start = useMutation({
    mutationFn: async () => {
      const answer = await requestJson("/api/sso/start", { email: email.trim(), redirect });
      if (typeof answer !== "object" || answer === null || !("url" in answer) || typeof answer.url !== "string") {
        throw new Problem({
          code: null,
          message: "The server gave no address.",
          status: null,
          requestId: null,
          fields: [],
        });
      }
      window.location.assign(answer.url);
    },
  });
  return (
    <Stack gap="md">
      <Divider label="or" />
      {start.isError && <ProblemAlert error={start.error} title="Single sign-on did not begin" />}
      <Button
        variant="default"
        size="md"
        loading={start.isPending || start.isSuccess}
        onClick={() => (email.trim() === "" ? onMissing() : start.mutate())}
      >
        Continue with single sign-on
      </Button>
    </Stack>
  );
}

/** What single sign-on led back with. */
export function SignOnProblem({ problem }: { problem: string | undefined }) {
  const kind = kindIn(signOnProblems, problem ?? null);
  return kind ? (
    <Alert color="red" role="alert" title="Single sign-on failed">
      {signOnProblems[kind]}
    </Alert>
  ) : null;
}
