export { acknowledgeMatches } from "./acknowledge-matches";
export { addEntries } from "./add-entries";
export { compareStored } from "./compare-stored";
export { createWatchlist } from "./create-watchlist";
export { readEntry } from "./entry";
export { groupMatches } from "./group-matches";
export { groupMatchesInput, matchGroupListShape } from "./group-shape";
export { listEntries } from "./list-entries";
export { listMatches } from "./list-matches";
export { getWatchlist, listWatchlists } from "./list-watchlists";
export { matchArticles } from "./match-articles";
export { type Matched, matchChanges } from "./match-changes";
export { commentOnMatch, getMatch } from "./match-comments";
export {
  acknowledgedShape,
  acknowledgeInput,
  listAllMatchesInput,
  listMatchesInput,
  matchListShape,
} from "./match-shape";
export { notifyMatches } from "./notify-matches";
export { type PlacedWatchlist, placeWatchlist } from "./place-watchlist";
export { previewLookalikes } from "./preview-lookalikes";
export { lookalikePreviewShape, previewLookalikesInput } from "./preview-shape";
export { pruneMatches } from "./prune-matches";
export { removeEntries } from "./remove-entries";
export {
  addEntriesInput,
  addedEntriesShape,
  createWatchlistInput,
  deletedShape,
  entryListShape,
  listEntriesInput,
  removedEntriesShape,
  removeEntriesInput,
  updateWatchlistInput,
  watchlistAnswerShape,
  watchlistListShape,
  watchlistPathInput,
} from "./shape";
export { triageMatches } from "./triage-matches";
export {
  commentedShape,
  commentInput,
  matchDetailsShape,
  matchPathInput,
  triagedShape,
  triageInput,
} from "./triage-shape";
export { deleteWatchlist, updateWatchlist } from "./update-watchlist";
