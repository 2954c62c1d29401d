import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { VisuallyHidden } from "@mantine/core";
import { localDay } from "../../lib/dates";
import { count, shortCount } from "../../lib/numbers";

/** One UTC day of one key, or of all. */
export type UsageDay = { date: string; requests: number; errors: number };

export function UsageBars({ days, height }: { days: readonly UsageDay[]; height: number }) {
  const rows = [...days]
    .sort((a, b) => a.date.localeCompare(b.date))
    .map((day) => ({ day: localDay(day.date), Succeeded: day.requests - day.errors, Errors: day.errors }));
  return (
    <figure style={{ margin: 0 }}>
      <div aria-hidden>
        <BarChart
          h={height}
          data={rows}
          dataKey="day"
          type="stacked"
          withLegend
          legendProps={{ verticalAlign: "top", height: 36 }}
          series={[
            { name: "Succeeded", color: "var(--tocsin-series-ok)" },
            { name: "Errors", color: "var(--tocsin-series-bad)" },
          ]}
          maxBarWidth={28}
          tickLine="none"
          gridAxis="x"
          strokeDasharray="2 4"
          valueFormatter={(value) => count(value)}
          xAxisProps={{ minTickGap: 28 }}
          yAxisProps={{ width: 44, allowDecimals: false, tickFormatter: (value: number) => shortCount(value) }}
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <VisuallyHidden>
        <table>
          <caption>Requests and errors by day (UTC)</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Succeeded</th>
              <th scope="col">Errors</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.day}>
                <th scope="row">{row.day}</th>
                <td>{row.Succeeded}</td>
                <td>{row.Errors}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}
