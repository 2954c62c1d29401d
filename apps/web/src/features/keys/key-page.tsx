import { Alert, Badge, Card, Code, Group, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconLockOff, IconPencil, IconRotateClockwise2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { curlLine } from "../../components/key/curl";
import { KeyStatusBadge } from "../../components/key/key-status";
import { CopyBlock } from "../../components/ui/copy";
import { GatedButton } from "../../components/ui/gated-button";
import { AnchorLink, ButtonLink } from "../../components/ui/links";
import { Nothing } from "../../components/ui/nothing";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { useMe, whyNotManage } from "../../lib/me";
import { count } from "../../lib/numbers";
import { problemOf } from "../../lib/problem";
import { type Outputs, trpc } from "../../lib/trpc";
import { KeyDialogs, type KeyTask } from "./key-dialogs";
import { KeyUsage } from "./key-usage";
import { PreviousSecret } from "./previous-secret";

type Details = Outputs["keys"]["get"]["data"];
const route = getRouteApi("/inside/keys/$keyId");

export function KeyPage() {
  const { keyId } = route.useParams();
  const key = useQuery(trpc.keys.get.queryOptions({ keyId }));
  if (key.isPending) return <Waiting />;
  if (key.isError) {
    return (
      <Page>
        {problemOf(key.error).status === 404 ? (
          <Nothing
            icon={<IconLockOff size={22} />}
            title="There is no such key"
            action={
              <ButtonLink to="/keys" variant="light">
                All keys
              </ButtonLink>
            }
          >
            It may belong to another workspace. Change the workspace on top and open the link again.
          </Nothing>
        ) : (
          <ProblemAlert error={key.error} onRetry={() => void key.refetch()} />
        )}
      </Page>
    );
  }
  return <KeyDetails row={key.data.data} />;
}

function KeyDetails({ row }: { row: Details }) {
  const forbidden = whyNotManage(useMe());
  const [task, setTask] = useState<KeyTask>(null);
  return (
    <Stack gap="xs">
      <AnchorLink to="/keys" size="sm" c="dimmed" className="back-link">
        <IconArrowLeft size={15} aria-hidden /> API keys
      </AnchorLink>
      <Page
        title={row.name}
        note={
          <Group gap="xs">
            <KeyStatusBadge status={row.status} size="lg" />
            <span className="mono">{row.key_prefix}…</span>
          </Group>
        }
        actions={
          row.status !== "revoked" && (
            <>
              <GatedButton
                forbidden={forbidden}
                variant="default"
                leftSection={<IconPencil size={16} />}
                onClick={() => setTask({ action: "edit", key: row })}
              >
                Edit
              </GatedButton>
              {row.status !== "expired" && (
                <GatedButton
                  forbidden={forbidden}
                  variant="default"
                  leftSection={<IconRotateClockwise2 size={16} />}
                  onClick={() => setTask({ action: "rotate", key: row })}
                >
                  Rotate
                </GatedButton>
              )}
              <GatedButton
                forbidden={forbidden}
                color="red"
                variant="light"
                leftSection={<IconLockOff size={16} />}
                onClick={() => setTask({ action: "revoke", key: row })}
              >
                Revoke key
              </GatedButton>
            </>
          )
        }
      >
        <EndNote row={row} />
        {row.previous_key_prefix && (
          <Alert color="blue" icon={<IconRotateClockwise2 size={18} />} title="Two secrets work">
            <PreviousSecret row={row} />
          </Alert>
        )}
        <KeyUsage
          keyId={row.id}
          active={row.status === "active"}
          limits={{ perMinute: row.rate_limit_per_minute, perDay: row.rate_limit_per_day }}
        />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <Facts row={row} />
          <Access row={row} />
        </SimpleGrid>
        <KeyDialogs task={task} onClose={() => setTask(null)} />
      </Page>
    </Stack>
  );
}

/** Why and since when the key no longer works, or that its end is near. */
function EndNote({ row }: { row: Details }) {
  if (row.revoked_at) {
    return (
      <Alert color="red" icon={<IconLockOff size={18} />} title="This key is revoked">
        <Stack gap={4}>
          <Text size="sm">
            Since <Time value={row.revoked_at} as="full" />
            {row.revoked_by ? `, by ${row.revoked_by}` : ""}. Requests with it are refused.
          </Text>
          <Text size="sm" className="wrap-anywhere" style={{ whiteSpace: "pre-wrap" }}>
            <strong>Reason:</strong> {row.revoked_reason ?? "none given"}
          </Text>
        </Stack>
      </Alert>
    );
  }
  if (!row.expires_at || row.status === "active") return null;
  const over = row.status === "expired";
  return (
    <Alert color={over ? "gray" : "yellow"} title={over ? "This key has expired" : "This key expires soon"}>
      {over ? "It ended " : "It ends "}
      <Time value={row.expires_at} />. Give it a later end, or create a new one and change the programs that use it.
    </Alert>
  );
}

function Facts({ row }: { row: Details }) {
  return (
    <Card withBorder radius="md" component="section" aria-label="Facts">
      <Title order={2} mb="sm">
        Facts
      </Title>
      <dl className="facts">
        <Fact label="Created">
          <Time value={row.created_at} as="full" />
          {row.created_by ? ` by ${row.created_by}` : ""}
        </Fact>
        <Fact label="Expires">{row.expires_at ? <Time value={row.expires_at} as="full" /> : "Never"}</Fact>
        <Fact label="Last used">{row.last_used_at ? <Time value={row.last_used_at} /> : "Never"}</Fact>
        <Fact label="Total requests">{count(row.total_requests)}</Fact>
        <Fact label="Tier">{row.tier}</Fact>
        <Fact label="Limits">
          {count(row.rate_limit_per_minute)} a minute, {count(row.rate_limit_per_day)} a day
        </Fact>
        <Fact label="Id">
          <span className="mono wrap-anywhere">{row.id}</span>
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Access({ row }: { row: Details }) {
  return (
    <Card withBorder radius="md" component="section" aria-label="Access">
      <Title order={2} mb="sm">
        Access
      </Title>
      <Stack gap="md">
        <div>
          <Text size="sm" c="dimmed" mb={6}>
            Scopes
          </Text>
          <Group gap={6}>
            {row.scopes.map((scope) => (
              <Badge key={scope} color="gray">
                {scope}
              </Badge>
            ))}
          </Group>
        </div>
        <div>
          <Text size="sm" c="dimmed" mb={6}>
            Allowed addresses
          </Text>
          {row.allowed_ips ? (
            <Group gap={6}>
              {row.allowed_ips.map((rule) => (
                <Code key={rule}>{rule}</Code>
              ))}
            </Group>
          ) : (
            <Text size="sm">From anywhere</Text>
          )}
        </div>
        <div>
          <Text size="sm" c="dimmed" mb={6}>
            A request with this key, its secret in <Code>TOCSIN_KEY</Code>
          </Text>
          <CopyBlock value={curlLine(window.location.origin)} label="Copy command" />
        </div>
      </Stack>
    </Card>
  );
}

function Waiting() {
  return (
    <Stack gap="md" aria-busy aria-label="Loading">
      <Skeleton height={28} width={260} />
      <Skeleton height={260} radius="md" />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Skeleton height={260} radius="md" />
        <Skeleton height={260} radius="md" />
      </SimpleGrid>
    </Stack>
  );
}
