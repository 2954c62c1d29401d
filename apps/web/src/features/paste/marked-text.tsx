import { Box, Paper, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { riskLevel } from "../../components/charts/risk-level";
import { highlight, keyOf } from "./highlight";
import classes from "./paste.module.css";
import type { Analysis, Found } from "./use-analysis";

/** The text as it was pasted, each value marked where it stands and leading to its lookup. */
export function MarkedText({ analysis }: { analysis: Analysis }) {
  const byKey = useMemo(() => new Map(analysis.values.map((found) => [keyOf(found.value), found])), [analysis]);
  const { stretches, cut } = useMemo(() => highlight(analysis.text, new Set(byKey.keys())), [analysis.text, byKey]);
  return (
    <Paper p="md" component="section" aria-labelledby="text">
      <Title order={2} id="text" mb="xs">
        Text
      </Title>
      <Box className={classes.text} tabIndex={0} role="region" aria-label="The text, its indicators marked">
        {stretches.map(({ text, key }, at) => {
          const found = key === null ? undefined : byKey.get(key);
          // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place
          return found ? <Marked key={at} text={text} found={found} /> : text;
        })}
      </Box>
      {cut && (
        <Text size="sm" c="dimmed" mt="xs">
          The rest of the text is not shown; the table has what it names.
        </Text>
      )}
    </Paper>
  );
}

function Marked({ text, found }: { text: string; found: Found }) {
  const { looked, role } = found;
  const level = looked?.risk ? riskLevel(looked.risk.score) : looked?.found ? "low" : "none";
  return (
    <Link
      to="/lookup"
      search={{ value: found.value }}
      preload={false}
      className={classes.mark}
      data-level={role === "reference" ? "none" : level}
      title={looked?.risk ? `Risk ${looked.risk.score}` : "Not found"}
    >
      {text}
    </Link>
  );
}
