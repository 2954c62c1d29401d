import { Paper } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useMe } from "../../lib/me";
import { type Audience, refusalOf } from "../../lib/page";
import { EmptyState } from "./empty-state";

/** Shows its children to the audience, and to others for whom they are. */
export function Guarded({ audience, children }: { audience: Audience; children: ReactNode }) {
  const refusal = refusalOf(audience, useMe());
  if (refusal === null) return children;
  return (
    <Paper>
      <EmptyState icon={<IconLock size={22} />} title={refusal.title}>
        {refusal.text}
      </EmptyState>
    </Paper>
  );
}
