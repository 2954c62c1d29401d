import { Paper } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ButtonLink } from "./links";
import { Nothing } from "./nothing";

type Props = {
  filtered: boolean;
  /** "No indicator matches" */
  noMatch: string;
  /** What is said where no feed has brought anything yet. */
  icon: ReactNode;
  title: string;
  children: ReactNode;
};

/** An empty list: by its filters, or because nothing has come in yet. */
export function NothingHeld({ filtered, noMatch, icon, title, children }: Props) {
  return (
    <Paper>
      {filtered ? (
        <Nothing icon={<IconFilterOff size={22} />} title={noMatch}>
          Take a filter away, or look further back. Your plan may limit how far back the list goes.
        </Nothing>
      ) : (
        <Nothing
          icon={icon}
          title={title}
          action={
            <ButtonLink to="/feeds" variant="light" mt="xs">
              Go to the feeds
            </ButtonLink>
          }
        >
          {children}
        </Nothing>
      )}
    </Paper>
  );
}
