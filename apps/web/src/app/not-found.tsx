import { Center } from "@mantine/core";
import { IconCompass } from "@tabler/icons-react";
import { EmptyState } from "../components/ui/empty-state";
import { ButtonLink } from "../components/ui/links";

export function NotFound() {
  return (
    <Center mih="60vh" component="main">
      <EmptyState
        icon={<IconCompass size={22} />}
        main
        title="Page not found"
        action={
          <ButtonLink to="/" variant="light" mt="xs">
            Go to the overview
          </ButtonLink>
        }
      >
        The address may be mistyped, or the page may have been removed.
      </EmptyState>
    </Center>
  );
}
