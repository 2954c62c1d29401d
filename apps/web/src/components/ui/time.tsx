import { Tooltip } from "@mantine/core";
import { localDate, localDateTime, relativeTime, utcTime } from "../../lib/dates";
import { useNow } from "./use-now";

type Props = { value: string; as?: "relative" | "date" | "full" };

/** A moment: how long ago, or when, with the exact time in the reader's zone and in UTC as its tooltip. */
export function Time({ value, as = "relative" }: Props) {
  const now = useNow();
  const shown =
    as === "relative"
      ? relativeTime(value, now)
      : as === "date"
        ? localDate(value)
        : `${localDateTime(value)} (${utcTime(value)})`;
  return (
    <Tooltip
      label={
        <>
          {localDateTime(value)}
          <br />
          {utcTime(value)}
        </>
      }
    >
      <time dateTime={value} style={{ whiteSpace: "nowrap" }}>
        {shown}
      </time>
    </Tooltip>
  );
}
