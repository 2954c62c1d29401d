import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { useMatch } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useMe } from "../../lib/me";
import { refusalOf } from "../../lib/page";
import { Guarded } from "./guarded";

type Props = {
  /** In the place of the catalog's, for pages of one thing. */
  title?: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

/** The frame of every page: its heading (also the window's title), a line on what it is for, and what can be done. */
export function Page({ title, note, actions, children }: Props) {
  const page = useMatch({ strict: false, select: ({ staticData }) => staticData.page });
  const heading = title ?? page?.title ?? "";
  const audience = page?.audience ?? "everyone";
  const allowed = refusalOf(audience, useMe()) === null;
  useEffect(() => {
    document.title = `${heading} · ${document.documentElement.dataset.instance ?? "Tocsin"}`;
  }, [heading]);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box style={{ minWidth: 0 }}>
          <Title order={1} className="wrap-anywhere">
            {heading}
          </Title>
          {note && (
            <Text component="div" size="sm" c="dimmed" mt={4} maw={720}>
              {note}
            </Text>
          )}
        </Box>
        {actions && allowed && <Group gap="xs">{actions}</Group>}
      </Group>
      <Guarded audience={audience}>{children}</Guarded>
    </Stack>
  );
}
