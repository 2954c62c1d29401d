import { Alert, Container, Loader } from "@mantine/core";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { ProblemAlert } from "../components/ui/problem-alert";

const everyMs = 2_000;

export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Container size="sm" py="xl">
      {isLostPart(error) ? (
        <LostPart />
      ) : (
        <ProblemAlert error={error} title="This page could not be displayed" onRetry={retry} />
      )}
    </Container>
  );
}

/** A part of the program that did not come: the server is away, or has another version by now. */
function isLostPart(error: unknown): boolean {
  return (
    error instanceof Error && /dynamically imported module|importing a module script|preload css/i.test(error.message)
  );
}

/** The browser keeps a failed import for as long as the page lives, so the page is loaded anew once there is a server. */
function LostPart() {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const ask = () => {
      timer = setTimeout(async () => {
        const answer = await fetch("/readyz").catch(() => null);
        if (answer?.ok) window.location.reload();
        else ask();
      }, everyMs);
    };
    ask();
    return () => clearTimeout(timer);
  }, []);
  return (
    <Alert color="orange" icon={<Loader size={16} color="orange" />} title="Restarting, trying again" role="status">
      A part of this page did not come: the server is restarting or was updated. The page is loaded again as soon as it
      answers.
    </Alert>
  );
}
