/** Fewer than an index can hold; longer addresses of articles are not seen. */
const longest = 2_000;
/** With all that is taken off; a longer text is not looked at. */
const longestWritten = 8_192;

const trackingNames =
  /^(?:utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|igshid|igsh|li_fat_id|mc_cid|mc_eid|mkt_tok|pk_(?:campaign|kwd|keyword|source|medium|content)|mtm_\w+|_hsenc|_hsmi|hs(?:a_|ctatracking)\w*|oly_(?:anon|enc)_id|vero_id|wt_mc|wt\.mc|at_(?:medium|campaign|custom\d+)|__twitter_impression|guccounter|guce_referrer(?:_sig)?|cmpid|ncid|sr_share|s_cid|trk(?:campaign|info)?|spm|_branch_match_id|amp)$/i;
/** Says where a reader came from in some places, and is part of the address in others. */
const trackingPairs = /^(?:ref|source|from|via|feature|partner)=(?:rss|feed|feedburner|atom|newsletter|twitter|x)$/i;

/**
 * The one spelling of an article's address: without user, fragment, tracking parameters and default port, the rest of
 * the query in order. null for what is no web address of at most 2,000 characters.
 */
export function canonicalUrl(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > longestWritten) return null;
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  url.username = "";
  url.password = "";
  url.hash = "";
  const kept = [...url.searchParams].filter(
    ([name, value]) => !trackingNames.test(name) && !trackingPairs.test(`${name}=${value}`),
  );
  url.search = kept.length === 0 ? "" : new URLSearchParams(kept.toSorted(byName)).toString();
  url.hostname = url.hostname.replace(/\.$/, "");
  const canonical = url.href;
  return canonical.length <= longest ? canonical : null;
}

const byName = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : a > b ? 1 : 0);
