import { Paper } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { EmptyState } from "./empty-state";
import { ButtonLink } from "./links";

type Props = {
  filtered: boolean;
  /** "No matching indicators" */
  noMatch: string;
  /** What is said where no feed has brought anything yet. */
  icon: ReactNode;
  title: string;
  children: ReactNode;
};

/** An empty list: by its filters, or because nothing has come in yet. */
export function EmptyList({ filtered, noMatch, icon, title, children }: Props) {
  return (
    <Paper>
      {filtered ? (
        <EmptyState icon={<IconFilterOff size={22} />} title={noMatch}>
          Remove a filter or choose a longer period. Your tier limits how far back the list goes.
        </EmptyState>
      ) : (
        <EmptyState
          icon={icon}
          title={title}
          action={
            <ButtonLink to="/feeds" variant="light" mt="xs">
              Go to feeds
            </ButtonLink>
          }
        >
          {children}
        </EmptyState>
      )}
    </Paper>
  );
}
