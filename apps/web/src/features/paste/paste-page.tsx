import { Button, Group, Paper, Skeleton, Stack, Text, Textarea, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { AnchorLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { count } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { KeepDialog } from "./keep-dialog";
import { PasteResult } from "./paste-result";
import { pasteSearch } from "./paste-search";
import { useAnalysis } from "./use-analysis";

const route = getRouteApi("/inside/paste");

/** Characters of a text that the server reads. */
const longest = 500_000;

/** Paste a list, a log, a mail or a report: what it names, marked in place and looked up. */
export function PastePage() {
  const search = pasteSearch(route.useSearch());
  const navigate = route.useNavigate();
  const [text, setText] = useState("");
  const [keeping, setKeeping] = useState(false);
  const analyse = useAnalysis();
  const tooLong = text.length > longest;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "" && !tooLong) analyse.mutate(text);
  };
  return (
    <Page note="Paste a list, log, mail or report. Its indicators are found, however they are written, and looked up. Nothing is stored unless you keep it.">
      <Paper p="md" component="form" onSubmit={submit}>
        <Textarea
          label="Text"
          description={`Up to ${count(longest)} characters.`}
          placeholder={"The loader fetched hxxps://malware[.]example/dropper\nfrom 198.51.100[.]7 (T1105)."}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={tooLong ? `${count(text.length)} characters; the maximum is ${count(longest)}` : undefined}
          rows={10}
          spellCheck={false}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "0.8125rem" } }}
        />
        <Group mt="sm" gap="sm">
          <Button type="submit" loading={analyse.isPending} disabled={text.trim() === "" || tooLong}>
            Find indicators
          </Button>
          {analyse.data && (
            <Button variant="default" onClick={() => setKeeping(true)}>
              Keep by a link
            </Button>
          )}
        </Group>
      </Paper>
      {keeping && analyse.data && <KeepDialog text={analyse.data.text} onClose={() => setKeeping(false)} />}
      {analyse.error && <ProblemAlert error={analyse.error} title="The text could not be read" />}
      {analyse.isPending && <Skeleton height={240} radius="md" />}
      {analyse.data && !analyse.isPending && (
        <PasteResult
          analysis={analyse.data}
          search={search}
          onChange={(to) => void navigate({ search: pasteSearch({ ...search, ...to }) })}
        />
      )}
      <KeptTexts />
    </Page>
  );
}

function KeptTexts() {
  const query = useQuery(trpc.pastes.list.queryOptions());
  const rows = query.data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Paper p="md" component="section" aria-labelledby="kept">
      <Title order={2} id="kept" mb="sm">
        Kept by this workspace
      </Title>
      <Stack gap={4}>
        {rows.map((row) => (
          <Group key={row.id} justify="space-between" gap="sm" wrap="nowrap">
            <AnchorLink to="/paste/$pasteId" params={{ pasteId: row.id }} size="sm" className="cut">
              {row.title}
            </AnchorLink>
            <Text size="xs" c="dimmed" component="div" className="whole">
              {row.created_by}, deleted <Time value={row.expires_at} />
            </Text>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
