import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { Page } from "../../components/ui/page";
import { MatchPanel } from "./match-panel";
import { matchSearch } from "./match-search";

const route = getRouteApi("/inside/triage");

/** The matches of all watchlists, the highest risk first. */
export function TriagePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const onChange = useCallback(
    (change: Record<string, unknown>) =>
      void navigate({ search: (before) => matchSearch({ ...before, ...change }), resetScroll: false }),
    [navigate],
  );
  return (
    <Page note="Matches of all watchlists, the highest risk first. Select several to acknowledge or assign them together.">
      <MatchPanel
        search={search}
        onChange={onChange}
        nothing="New and changed indicators and articles are compared with your watchlists as they arrive."
      />
    </Page>
  );
}
