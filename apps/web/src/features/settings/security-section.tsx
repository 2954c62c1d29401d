import { Badge, Button, Group, Stack } from "@mantine/core";
import { IconShieldCheck, IconShieldOff } from "@tabler/icons-react";
import { useState } from "react";
import { Section } from "../../components/ui/section";
import { useMe } from "../../lib/me";
import { BackupCodesDialog } from "./backup-codes-dialog";
import { DisableTwoFactorDialog } from "./disable-two-factor-dialog";
import { EnableTwoFactorDialog } from "./enable-two-factor-dialog";
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
      <Sessions />
      <EnableTwoFactorDialog opened={dialog === "enable"} onClose={close} />
      <BackupCodesDialog opened={dialog === "codes"} onClose={close} />
      <DisableTwoFactorDialog opened={dialog === "disable"} onClose={close} />
    </Stack>
  );
}
