import { Text } from "@mantine/core";
import type { Key } from "../../components/key/key";
import { Time } from "../../components/ui/time";
import { graceText } from "./grace";

type Props = {
  row: Pick<Key, "key_prefix" | "previous_key_prefix" | "previous_key_grace_seconds" | "previous_key_retires_at">;
  /** Said where no secret before the newest works. */
  fallback?: string;
};

/** Until when the secret before the newest works. */
export function PreviousSecret({ row, fallback }: Props) {
  if (!row.previous_key_prefix) return fallback ? <Text size="sm">{fallback}</Text> : null;
  return (
    <Text size="sm">
      The old secret <span className="mono">{row.previous_key_prefix}…</span>{" "}
      {row.previous_key_retires_at ? (
        <>
          works until <Time value={row.previous_key_retires_at} as="full" /> (
          <Time value={row.previous_key_retires_at} />
          ). The new one, <span className="mono">{row.key_prefix}…</span>, is in use.
        </>
      ) : (
        <>
          works for {graceText(row.previous_key_grace_seconds ?? 0)} after the first request with the new one,{" "}
          <span className="mono">{row.key_prefix}…</span>, which has not been used yet.
        </>
      )}
    </Text>
  );
}
