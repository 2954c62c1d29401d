import { Group, Text, VisuallyHidden } from "@mantine/core";
import { localDay } from "../../lib/dates";
import { count, plural } from "../../lib/numbers";
import classes from "./attack.module.css";

type Day = { date: string; value: number };
type Props = { title: string; unit: string; days: readonly Day[]; color: string };

/** 30 days of one figure as bars, with its sum; its figures are there for who does not see them. */
export function TrendBars({ title, unit, days, color }: Props) {
  const most = Math.max(1, ...days.map(({ value }) => value));
  const sum = days.reduce((total, { value }) => total + value, 0);
  const width = 10 * days.length;
  return (
    <figure style={{ margin: 0 }}>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={600} component="figcaption">
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {plural(sum, unit)} in {days.length} days
        </Text>
      </Group>
      <svg
        viewBox={`0 0 ${width} 60`}
        preserveAspectRatio="none"
        className={classes.bars}
        aria-hidden
        focusable="false"
      >
        {days.map(({ date, value }, at) => {
          const tall = Math.max(1, (value / most) * 58);
          return (
            <rect
              key={date}
              x={at * 10 + 1}
              y={60 - tall}
              width={8}
              height={tall}
              fill={value === 0 ? "var(--tocsin-line)" : color}
            />
          );
        })}
      </svg>
      <Group justify="space-between" aria-hidden>
        {[days[0], days.at(-1)].map((day, at) => (
          <Text key={at === 0 ? "first" : "last"} size="xs" c="dimmed">
            {day && localDay(day.date)}
          </Text>
        ))}
      </Group>
      <VisuallyHidden>
        {days
          .filter(({ value }) => value > 0)
          .map(({ date, value }) => `${localDay(date)}: ${count(value)}`)
          .join(", ")}
      </VisuallyHidden>
    </figure>
  );
}
