import { Box, Button, Collapse, Paper } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconFilter, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./filter-panel.module.css";

type Props = { /** How many filters are set. */ active: number; onClear: () => void; children: ReactNode };

/** The filters of a list, and a way to take them all away; on narrow screens behind a button. */
export function FilterPanel({ active, onClear, children }: Props) {
  const wide = useMediaQuery("(min-width: 48em)", true, { getInitialValueInEffect: false });
  const [open, { toggle }] = useDisclosure(false);
  return (
    <Box>
      <Button
        hiddenFrom="sm"
        variant="default"
        fullWidth
        leftSection={<IconFilter size={16} />}
        aria-expanded={open}
        onClick={toggle}
      >
        {active > 0 ? `Filters (${active})` : "Filters"}
      </Button>
      <Collapse expanded={wide || open}>
        <Paper p="sm" mt={{ base: "xs", sm: 0 }} role="group" aria-label="Filters">
          <Box className={classes.fields}>
            {children}
            {active > 0 && (
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                justify="flex-start"
                px={8}
                aria-label="Clear filters"
                leftSection={<IconX size={14} />}
                onClick={onClear}
              >
                Clear
              </Button>
            )}
          </Box>
        </Paper>
      </Collapse>
    </Box>
  );
}

/** The class of a field that takes the room of two. */
export const doubleField = classes.double;
/** A list of choices may be wider than its narrow field. */
export const wideChoices = { width: "max-content", position: "bottom-start" } as const;
