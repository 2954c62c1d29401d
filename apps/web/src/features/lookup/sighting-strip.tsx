import { Group, Text, Title } from "@mantine/core";
import type { LookupData, LookupSource } from "@tocsin/core/lookup";
import { Time } from "../../components/ui/time";
import { useNow } from "../../components/ui/use-now";
import { localDate } from "../../lib/dates";
import classes from "./lookup.module.css";
import { spanOf, stripDays } from "./sighting-days";

/** Sources that are shown at once; the tab of sources has them all. */
const most = 8;

/** 30 days of sightings, a line for each source: between the first and the last time that it reported the value. */
export function SightingStrip({ data }: { data: LookupData }) {
  const shown = data.sources.slice(0, most);
  return (
    <section aria-labelledby="sightings">
      <Group justify="space-between" mb={6}>
        <Title order={2} id="sightings" fz="sm">
          Sightings, last 30 days
        </Title>
        {data.sources.length > most && (
          <Text size="xs" c="dimmed">
            the latest {most} of {data.sources.length} sources
          </Text>
        )}
      </Group>
      <ul className={classes.strip}>
        {shown.map((source) => (
          <SourceLine key={`${source.source_feed} ${source.ioc_value} ${source.first_seen}`} source={source} />
        ))}
      </ul>
    </section>
  );
}

function SourceLine({ source }: { source: LookupSource }) {
  const span = spanOf(source, useNow());
  const words = `first ${localDate(source.first_seen)}, last ${localDate(source.last_seen)}`;
  return (
    <li>
      <Text size="sm" className="cut" title={source.source_feed}>
        {source.source_feed}
      </Text>
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${stripDays} 1`}
        preserveAspectRatio="none"
        className={classes.days}
      >
        <title>{words}</title>
        <rect width={stripDays} height={1} className={classes.ground} />
        {span && <rect x={span.from} width={span.to - span.from + 1} height={1} className={classes.seen} />}
      </svg>
      <Text size="xs" c="dimmed" component="div" ta="right">
        <Time value={source.last_seen} />
      </Text>
    </li>
  );
}
