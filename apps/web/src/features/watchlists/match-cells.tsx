import { Badge, Group, Text, Tooltip } from "@mantine/core";
import { severityOptions } from "../../components/article/severity";
import { SeverityBadge } from "../../components/article/severity-badge";
import { RiskMeter } from "../../components/charts/risk-meter";
import { AnchorLink } from "../../components/ui/links";
import type { Outputs } from "../../lib/trpc";
import { entryKinds, isLookalike, reasonLabels } from "./watch-words";

export type Match = Outputs["watchlists"]["matches"]["data"][number];

/** What a match is called. */
export function nameOfMatch({ ioc, article, entry }: Match): string {
  return ioc?.value ?? article?.title ?? entry.value;
}

/** What was found, on one line; `whole`: on as many as it needs. */
export function Found({ match: { ioc, article }, whole = false }: { match: Match; whole?: boolean }) {
  const shape = whole ? "wrap-anywhere" : "cut";
  if (article) {
    return (
      <AnchorLink
        to="/articles/$articleId"
        params={{ articleId: article.id }}
        size="sm"
        className={shape}
        display="block"
        title={article.title}
      >
        {article.title}
      </AnchorLink>
    );
  }
  if (!ioc) {
    return (
      <Text span inherit c="dimmed">
        No longer stored
      </Text>
    );
  }
  return (
    <AnchorLink
      to="/lookup"
      search={{ value: ioc.value }}
      size="sm"
      className={`mono ${shape}`}
      display="block"
      title={ioc.value}
    >
      {ioc.value}
    </AnchorLink>
  );
}

export function Risk({ match: { ioc, article } }: { match: Match }) {
  if (ioc) return <RiskMeter score={ioc.risk_score} />;
  const severity = severityOptions.find(({ value }) => value === article?.severity_label);
  return article && severity ? <SeverityBadge label={severity.value} score={article.severity_score} /> : null;
}

export function Entry({ match: { entry } }: { match: Match }) {
  const note = entry.note ?? entryKinds[entry.kind].label;
  return (
    <span className={entryKinds[entry.kind].mono ? "mono cut" : "cut"} title={`${entry.value} (${note})`}>
      {entry.value}
    </span>
  );
}

export function Why({ match: { reason, held, ioc } }: { match: Match }) {
  return (
    <Group gap={4} wrap="nowrap">
      <Badge color={isLookalike(reason) ? "orange" : "gray"} className="whole">
        {reasonLabels[reason]}
      </Badge>
      {held && (
        <Tooltip label="Already stored when the entry was added; no notice was sent">
          <Badge color="blue" variant="outline" className="whole">
            Stored
          </Badge>
        </Tooltip>
      )}
      {ioc && ioc.warnings.length > 0 && (
        <Tooltip label={`On a warninglist: ${ioc.warnings.join(", ")}`} multiline maw={320}>
          <Badge color="yellow" className="whole">
            Warninglist
          </Badge>
        </Tooltip>
      )}
    </Group>
  );
}
