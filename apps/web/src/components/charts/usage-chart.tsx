import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { UsageDay } from "./usage-bars";

const Bars = lazy(() => import("./usage-bars").then((module) => ({ default: module.UsageBars })));

/** Requests a day, those that failed on top; the chart's code comes when it is first looked at. */
export function UsageChart({ days, height = 220 }: { days: readonly UsageDay[]; height?: number }) {
  return (
    <Suspense fallback={<Skeleton height={height} />}>
      <Bars days={days} height={height} />
    </Suspense>
  );
}
