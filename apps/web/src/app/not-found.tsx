import { Center } from "@mantine/core";
import { IconCompass } from "@tabler/icons-react";
import { ButtonLink } from "../components/ui/links";
import { Nothing } from "../components/ui/nothing";

export function NotFound() {
  return (
    <Center mih="60vh" component="main">
      <Nothing
        icon={<IconCompass size={22} />}
        main
        title="There is no such page"
        action={
          <ButtonLink to="/" variant="light" mt="xs">
            Go to the overview
          </ButtonLink>
        }
      >
        The address may be mistyped, or what it named is gone.
      </Nothing>
    </Center>
  );
}
