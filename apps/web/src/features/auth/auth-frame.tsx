import { Anchor, Box, Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Brand } from "../../components/ui/brand";
import { atBase } from "../../lib/base";
import { setupState } from "./require-session";

type Props = { title: string; note?: ReactNode; footer?: ReactNode; children: ReactNode };

/** The frame of the screens before the dashboard: the instance's name above one card. */
export function AuthFrame({ title, note, footer, children }: Props) {
  const { data } = useQuery(setupState());
  const name = data?.instance_name ?? "Tocsin";
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  return (
    <Box component="main" className="auth-canvas">
      <Stack gap="lg" w="100%" maw={420}>
        <Brand name={name} size={32} />
        <Paper p={{ base: "lg", xs: "xl" }} shadow="sm">
          <Stack gap="md">
            <div>
              <Title order={1}>{title}</Title>
              {note && (
                <Text component="div" size="sm" c="dimmed" mt={4}>
                  {note}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
        <Text component="div" size="sm" c="dimmed" ta="center">
          {footer}
        </Text>
        <Text size="xs" c="dimmed" ta="center">
          <Anchor href={atBase("/docs")} inherit>
            API documentation
          </Anchor>
          {data ? ` · version ${data.version}` : ""}
        </Text>
      </Stack>
    </Box>
  );
}
