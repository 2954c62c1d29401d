import { Badge, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconPlus, IconRobot } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { KeyStatusBadge } from "../../components/key/key-status";
import { EmptyState } from "../../components/ui/empty-state";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Section } from "../../components/ui/section";
import { Time } from "../../components/ui/time";
import { trpc } from "../../lib/trpc";
import { CreateTokenModal } from "./create-token-modal";
import { RevokeTokenDialog } from "./revoke-token-dialog";
import type { Token } from "./token-form";

/** What automation manages the workspace's keys with. */
export function TokensSection() {
  const tokens = useQuery(trpc.tokens.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  return (
    <Section
      title="Management tokens"
      maw={880}
      note="For Terraform, CI and other automation that manages keys at /api/v1/manage/keys. Tokens cannot read indicators, and every token expires."
      action={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
          Create token
        </Button>
      }
    >
      {tokens.isError && <ProblemAlert error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.isLoading && <Skeleton height={60} />}
      {tokens.data?.data.length === 0 && (
        <EmptyState icon={<IconRobot size={22} />} title="No tokens yet">
          Create one token per automation, so that each can be revoked separately.
        </EmptyState>
      )}
      <Stack component="ul" gap={0} className="plain-list">
        {tokens.data?.data.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
        ))}
      </Stack>
      <CreateTokenModal opened={creating} onClose={() => setCreating(false)} />
      <RevokeTokenDialog token={revoking} onClose={() => setRevoking(null)} />
    </Section>
  );
}

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  return (
    <Group component="li" justify="space-between" py="xs" gap="sm">
      <div style={{ minWidth: 0, flex: "1 1 260px" }}>
        <Group gap="xs">
          <Text size="sm" fw={560} className="wrap-anywhere">
            {token.name}
          </Text>
          <KeyStatusBadge status={token.status} />
          {token.scopes.map((scope) => (
            <Badge key={scope} color="gray">
              {scope}
            </Badge>
          ))}
        </Group>
        <Text size="xs" c="dimmed" component="div" className="wrap-anywhere" mt={4}>
          <span className="mono">{token.token_prefix}…</span>, by {token.created_by} <Time value={token.created_at} />,{" "}
          {token.last_used_at ? (
            <>
              last used <Time value={token.last_used_at} />
            </>
          ) : (
            "never used"
          )}
          , <TokenEnd token={token} />
          {token.allowed_ips ? `, from ${token.allowed_ips.join(", ")}` : ""}
        </Text>
      </div>
      {token.status === "active" && (
        <Button size="xs" variant="default" aria-label={`Revoke ${token.name}`} onClick={onRevoke}>
          Revoke
        </Button>
      )}
    </Group>
  );
}

function TokenEnd({ token }: { token: Token }) {
  if (token.revoked_at) {
    return (
      <>
        revoked <Time value={token.revoked_at} />
        {token.revoked_by ? ` by ${token.revoked_by}` : ""}
      </>
    );
  }
  return (
    <>
      {token.status === "expired" ? "expired" : "expires"} <Time value={token.expires_at} />
    </>
  );
}
