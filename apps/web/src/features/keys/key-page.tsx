import { Alert, Card, Group, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconLockOff, IconPencil, IconRotateClockwise2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { keyFields } from "@tocsin/core/keys/key-fields";
import { type ReactNode, useState } from "react";
import { askingCurl } from "../../components/key/curl";
import { KeyStatusBadge } from "../../components/key/key-status";
import { CopyBlock } from "../../components/ui/copy";
import { EmptyState } from "../../components/ui/empty-state";
import { GatedButton } from "../../components/ui/gated-button";
import { AnchorLink, ButtonLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { instanceUrl } from "../../lib/base";
import { useMe, whyNot } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { problemOf } from "../../lib/problem";
import { kindsOf } from "../../lib/tables";
import { type Outputs, trpc } from "../../lib/trpc";
import { KeyBackground } from "./key-background";
import { KeyDialogs, type KeyTask } from "./key-dialogs";
import { KeyFieldValue } from "./key-field-value";
import { KeyTraffic } from "./key-traffic";
import { KeyUsage } from "./key-usage";
import { PreviousSecret } from "./previous-secret";

type KeyDetail = Outputs["keys"]["get"]["data"];
const route = getRouteApi("/inside/keys/$keyId");

export function KeyPage() {
  const { keyId } = route.useParams();
  const key = useQuery(trpc.keys.get.queryOptions({ keyId }));
  if (key.isPending) return <Waiting />;
  if (key.isError) {
    return (
      <Page>
        {problemOf(key.error).status === 404 ? (
          <EmptyState
            icon={<IconLockOff size={22} />}
            title="Key not found"
            action={
              <ButtonLink to="/keys" variant="light">
                All keys
              </ButtonLink>
            }
          >
            It may belong to another workspace. Switch the workspace at the top and open the link again.
          </EmptyState>
        ) : (
          <ProblemAlert error={key.error} onRetry={() => void key.refetch()} />
        )}
      </Page>
    );
  }
  return <KeyDetails row={key.data.data} />;
}

function KeyDetails({ row }: { row: KeyDetail }) {
  const forbidden = whyNot(useMe(), "keys:write");
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
          <Alert color="blue" icon={<IconRotateClockwise2 size={18} />} title="Two secrets are valid">
            <PreviousSecret row={row} />
          </Alert>
        )}
        <KeyTraffic keyId={row.id} perMinute={row.rate_limit_per_minute} />
        <KeyUsage
          keyId={row.id}
          active={row.status === "active"}
          limits={{ perMinute: row.rate_limit_per_minute, perDay: row.rate_limit_per_day }}
        />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <DetailsCard row={row} />
          <Access row={row} />
        </SimpleGrid>
        <KeyBackground row={row} />
        <KeyDialogs task={task} onClose={() => setTask(null)} />
      </Page>
    </Stack>
  );
}

/** Why and since when the key no longer works, or that its end is near. */
function EndNote({ row }: { row: KeyDetail }) {
  if (row.revoked_at) {
    return (
      <Alert color="red" icon={<IconLockOff size={18} />} title="This key is revoked">
        <Stack gap={4}>
          <Text size="sm">
            Revoked <Time value={row.revoked_at} as="full" />
            {row.revoked_by ? ` by ${row.revoked_by}` : ""}. Requests with this key are refused.
          </Text>
          <Text size="sm" className="wrap-anywhere" style={{ whiteSpace: "pre-wrap" }}>
            <strong>Reason:</strong> {row.revoked_reason ?? "none given"}
          </Text>
          <RefusedSince keyId={row.id} />
        </Stack>
      </Alert>
    );
  }
  if (!row.expires_at || row.status === "active") return null;
  const over = row.status === "expired";
  return (
    <Alert color={over ? "gray" : "yellow"} title={over ? "This key has expired" : "This key expires soon"}>
      {over ? "It expired " : "It expires "}
      <Time value={row.expires_at} />. Choose a later expiry, or create a new key for the programs that use it.
    </Alert>
  );
}

/** Who still sends a revoked key is seen for an hour; the audit log keeps it. */
function RefusedSince({ keyId }: { keyId: string }) {
  const { data } = useQuery(trpc.keys.facts.queryOptions({ keyId }));
  if (!data) return null;
  const refused = data.data.refused_last_hour;
  return (
    <Text size="sm">
      {refused === 0
        ? "Nothing was sent with it within the last hour."
        : `${plural(refused, "request")} with it refused within the last hour.`}
    </Text>
  );
}

function DetailsCard({ row }: { row: KeyDetail }) {
  return (
    <Card withBorder radius="md" component="section" aria-label="Details">
      <Title order={2} mb="sm">
        Details
      </Title>
      <dl className="details">
        <Detail label="Created">
          <Time value={row.created_at} as="full" />
          {row.created_by ? ` by ${row.created_by}` : ""}
        </Detail>
        <Detail label={keyFields.expiresAt.label}>
          <KeyFieldValue field="expiresAt" row={row} />
        </Detail>
        <Detail label="Last used">{row.last_used_at ? <Time value={row.last_used_at} /> : "Never"}</Detail>
        <Detail label="Total requests">{count(row.total_requests)}</Detail>
        <Detail label="Tier">{row.tier}</Detail>
        <Detail label="Limits">
          {count(row.rate_limit_per_minute)} per minute, {count(row.rate_limit_per_day)} per day
        </Detail>
        <Detail label="ID">
          <span className="mono wrap-anywhere">{row.id}</span>
        </Detail>
      </dl>
    </Card>
  );
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The title has the name, the details the end. */
const accessFields = kindsOf(keyFields).filter((field) => field !== "name" && field !== "expiresAt");

function Access({ row }: { row: KeyDetail }) {
  return (
    <Card withBorder radius="md" component="section" aria-label="Access">
      <Title order={2} mb="sm">
        Access
      </Title>
      <Stack gap="md">
        {accessFields.map((field) => (
          <div key={field}>
            <Text size="sm" c="dimmed" mb={6}>
              {keyFields[field].label}
            </Text>
            <KeyFieldValue field={field} row={row} />
          </div>
        ))}
        {row.status !== "revoked" && (
          <div>
            <Text size="sm" c="dimmed" mb={6}>
              Example request, which asks for the key
            </Text>
            <CopyBlock value={askingCurl(instanceUrl)} label="Copy command" />
          </div>
        )}
      </Stack>
    </Card>
  );
}

function Waiting() {
  return (
    <Stack gap="md" aria-busy role="status" aria-label="Loading">
      <Skeleton height={28} width={260} />
      <Skeleton height={260} radius="md" />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Skeleton height={260} radius="md" />
        <Skeleton height={260} radius="md" />
      </SimpleGrid>
    </Stack>
  );
}
