import { Badge, Group, Text } from "@mantine/core";
import type { LookupData } from "@tocsin/core/lookup";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import { plural } from "../../lib/numbers";

type Reports = NonNullable<LookupData["own_reports"]>;

/** What the workspace reported of the value itself. */
export function OwnReports({ reports, value }: { reports: Reports; value: string }) {
  return (
    <Group gap="xs" role="note" aria-label="Your workspace">
      <Text size="sm" fw={600}>
        Your workspace
      </Text>
      {reports.verdict && <VerdictLine reports={reports} value={value} />}
      {reports.last_seen && (
        <Text size="sm" component="div">
          saw it {plural(reports.occurrences, "time")}, last <Time value={reports.last_seen} />
          {reports.places.length > 0 && ` (${reports.places.join(", ")})`}
        </Text>
      )}
      <AnchorLink to="/reports" size="sm">
        All reports
      </AnchorLink>
    </Group>
  );
}

function VerdictLine({ reports, value }: { reports: Reports; value: string }) {
  return (
    <>
      <Badge color={reports.verdict === "harmless" ? "green" : "red"}>{reports.verdict}</Badge>
      <Text size="sm" className="wrap-anywhere">
        {reports.verdict_on !== value && (
          <>
            by <span className="mono">{reports.verdict_on}</span>:{" "}
          </>
        )}
        {reports.reason}
        <Text span size="sm" c="dimmed">
          {" "}
          {reports.verdict_by}
        </Text>
      </Text>
    </>
  );
}
