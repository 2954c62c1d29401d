import { Container } from "@mantine/core";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ProblemAlert } from "../components/ui/problem-alert";

export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Container size="sm" py="xl">
      <ProblemAlert error={error} title="This page could not be displayed" onRetry={retry} />
    </Container>
  );
}
