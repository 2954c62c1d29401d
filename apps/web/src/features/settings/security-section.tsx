import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconShieldCheck, IconShieldOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Section } from "../../components/ui/section";
import { useMe } from "../../lib/me";
import { plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { BackupCodesDialog } from "./backup-codes-dialog";
import { DisableTwoFactorDialog } from "./disable-two-factor-dialog";
import { EnableTwoFactorDialog } from "./enable-two-factor-dialog";
import { Passkeys } from "./passkeys";
import { Sessions } from "./sessions";

export function SecuritySection() {
  const { user } = useMe();
  const [dialog, setDialog] = useState<"enable" | "disable" | "codes" | null>(null);
  const close = () => setDialog(null);
  const on = user.two_factor_enabled;
  return (
    <Stack gap="md">
      <Section
        title="Two-factor sign-in"
        note="Asks for a code from an authenticator app after your password."
        action={
          <Badge
            className="whole"
            color={on ? "teal" : "gray"}
            leftSection={on ? <IconShieldCheck size={13} aria-hidden /> : <IconShieldOff size={13} aria-hidden />}
          >
            {on ? "On" : "Off"}
          </Badge>
        }
      >
        {on ? (
          <Group gap="xs">
            <CodesLeft />
            <Button variant="default" onClick={() => setDialog("codes")}>
              New backup codes
            </Button>
            <Button variant="subtle" color="red" onClick={() => setDialog("disable")}>
              Turn off
            </Button>
          </Group>
        ) : (
          <Group>
            <Button onClick={() => setDialog("enable")}>Turn on</Button>
          </Group>
        )}
      </Section>
      <Passkeys />
      <Sessions />
      <EnableTwoFactorDialog opened={dialog === "enable"} onClose={close} />
      <BackupCodesDialog opened={dialog === "codes"} onClose={close} />
      <DisableTwoFactorDialog opened={dialog === "disable"} onClose={close} />
    </Stack>
  );
}

function CodesLeft() {
  const left = useQuery(trpc.account.get.queryOptions()).data?.backup_codes_left;
  if (left === undefined || left === null) return null;
  return (
    <Text size="sm" c={left < 3 ? "var(--mantine-color-error)" : "dimmed"}>
      {plural(left, "backup code")} left
    </Text>
  );
}
