import { Button, CopyButton, Skeleton, Text } from "@mantine/core";
import { IconArrowLeft, IconLink, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { AnchorLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { trpc } from "../../lib/trpc";
import { PasteResult } from "./paste-result";
import { pasteSearch } from "./paste-search";
import { useAnalysis } from "./use-analysis";

const route = getRouteApi("/inside/paste/$pasteId");

/** A text that the workspace keeps: read anew, so that verdicts are those of now. */
export function KeptPage() {
  const { pasteId } = route.useParams();
  const search = pasteSearch(route.useSearch());
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const query = useQuery(trpc.pastes.get.queryOptions({ pasteId }, { staleTime: 600_000 }));
  const { data: analysis, mutate, error, isPending } = useAnalysis();
  const kept = query.data?.data;
  const text = kept?.text;
  useEffect(() => {
    if (text !== undefined) mutate(text);
  }, [text, mutate]);
  const remove = useMutation(
    trpc.pastes.remove.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: "/paste", search: {} });
        await client.invalidateQueries({ queryKey: trpc.pastes.pathKey() });
        toastDone("The text is deleted.");
      },
      onError: (problem) => toastProblem(problem, "The text was not deleted"),
    }),
  );
  return (
    <Page
      title={kept?.title ?? "Kept text"}
      note={
        <AnchorLink to="/paste" size="sm" className="back-link">
          <IconArrowLeft size={15} /> Paste
        </AnchorLink>
      }
      actions={
        kept && (
          <>
            <CopyButton value={window.location.href} timeout={1500}>
              {({ copied, copy }) => (
                <Button size="xs" variant="default" leftSection={<IconLink size={15} />} onClick={copy}>
                  {copied ? "Link copied" : "Copy link"}
                </Button>
              )}
            </CopyButton>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconTrash size={15} />}
              loading={remove.isPending}
              onClick={() => remove.mutate({ pasteId })}
            >
              Delete
            </Button>
          </>
        )
      }
    >
      {kept && (
        <Text size="sm" c="dimmed" component="div">
          Kept by {kept.created_by} <Time value={kept.created_at} />, deleted <Time value={kept.expires_at} />. Open to
          every member of this workspace.
        </Text>
      )}
      {query.error && <ProblemAlert error={query.error} title="The text could not be opened" />}
      {error && <ProblemAlert error={error} title="The text could not be read" />}
      {(query.isPending || isPending) && <Skeleton height={240} radius="md" />}
      {analysis && (
        <PasteResult
          analysis={analysis}
          search={search}
          onChange={(to) => void navigate({ search: pasteSearch({ ...search, ...to }) })}
        />
      )}
    </Page>
  );
}
