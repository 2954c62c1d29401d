import { Group, Text } from "@mantine/core";
import { localDateTime } from "../../lib/dates";
import { count, plural } from "../../lib/numbers";
import type { Outputs } from "../../lib/trpc";
import { latency } from "./usage-figures";

type Slot = Outputs["keys"]["traffic"]["data"]["slots"][number];
const width = 720;
const height = 150;

/** Bars of requests, refusals in red on top, and the limit as a line where it is within sight. */
export function TrafficBars({
  slots,
  step,
  perMinute,
}: {
  slots: readonly Slot[];
  step: "minute" | "hour";
  perMinute: number;
}) {
  const limit = step === "minute" ? perMinute : perMinute * 60;
  const most = Math.max(1, ...slots.map(({ requests }) => requests));
  const inSight = limit <= most * 4;
  const top = inSight ? Math.max(most, limit) * 1.06 : most;
  const wide = width / slots.length;
  const tall = (value: number) => (value / top) * height;
  const bars = (value: (slot: Slot) => number, base: (slot: Slot) => number) =>
    slots
      .map((slot, i) => {
        const [h, b] = [tall(value(slot)), tall(base(slot))];
        return h === 0 ? "" : `M${i * wide} ${height - b}v${-h}h${Math.max(0.8, wide - 1)}v${h}z`;
      })
      .join("");
  const refused = slots.reduce((sum, slot) => sum + slot.refused, 0);
  const total = slots.reduce((sum, slot) => sum + slot.requests, 0);
  const words = `${plural(total, "request")}, ${count(refused)} refused by a limit; at most ${count(most)} in one ${step}`;
  return (
    <figure style={{ margin: 0 }}>
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        preserveAspectRatio="none"
        height={height}
      >
        <title>{words}</title>
        <path
          fill="var(--tocsin-series-ok)"
          d={bars(
            (s) => s.requests - s.refused,
            () => 0,
          )}
        />
        <path
          fill="var(--mantine-color-red-filled)"
          d={bars(
            (s) => s.refused,
            (s) => s.requests - s.refused,
          )}
        />
        {inSight && (
          <path
            d={`M0 ${height - tall(limit)}H${width}`}
            stroke="var(--tocsin-series-bad)"
            strokeDasharray="6 4"
            fill="none"
            vectorEffect="non-scaling-stroke"
          />
        )}
        <path d={`M0 ${height}H${width}`} stroke="var(--tocsin-line)" fill="none" vectorEffect="non-scaling-stroke" />
      </svg>
      <Group justify="space-between" gap="xs" component="figcaption">
        <Text size="xs" c="dimmed" component="span">
          {localDateTime(slots[0]?.at ?? "")} to now, by the {step}
        </Text>
        <Text size="xs" c="dimmed" component="span" className="numbers">
          {words}. Limit {count(limit)} per {step}
          {inSight ? " (the line)" : ", out of sight above"}.
        </Text>
      </Group>
    </figure>
  );
}

/** The 50th and 95th percentile of response times over time; gaps where nothing was asked. */
export function LatencyLine({ slots }: { slots: readonly Slot[] }) {
  const most = Math.max(1, ...slots.map(({ p95 }) => p95 ?? 0));
  const line = (of: (slot: Slot) => number | null) =>
    slots
      .map((slot, i) => {
        const value = of(slot);
        if (value === null) return "";
        const x = ((i + 0.5) / slots.length) * width;
        const before = i > 0 ? of(slots[i - 1] ?? slot) : null;
        const y = 70 - (value / most) * 66;
        // A lone slot is a short stroke, since a point has no length.
        return before === null ? `M${x - 1} ${y}L${x + 1} ${y}` : `L${x} ${y}`;
      })
      .join("");
  const last = slots.findLast(({ p95 }) => p95 !== null);
  const words = `Response times: at most ${latency(most)} for 95 of 100; last ${latency(last?.p50 ?? 0)} median, ${latency(last?.p95 ?? 0)} for 95 of 100`;
  return (
    <figure style={{ margin: 0 }}>
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${width} 72`}
        width="100%"
        height={72}
        preserveAspectRatio="none"
      >
        <title>{words}</title>
        <path
          d={line(({ p95 }) => p95)}
          stroke="var(--tocsin-series-bad)"
          fill="none"
          strokeWidth={1.6}
          vectorEffect="non-scaling-stroke"
        />
        <path
          d={line(({ p50 }) => p50)}
          stroke="var(--tocsin-series-ok)"
          fill="none"
          strokeWidth={1.6}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <Text size="xs" c="dimmed" component="figcaption">
        {words}.
      </Text>
    </figure>
  );
}
