import type { FeedDefinition } from "./feed";
import { c2intelfeeds } from "./sources/c2intelfeeds";
import { cisaKev } from "./sources/cisa-kev";
import { feodoCsv } from "./sources/feodo-csv";
import { feodoJson } from "./sources/feodo-json";
import { ipsum } from "./sources/ipsum";
import { openphish } from "./sources/openphish";
import { spamhausDrop } from "./sources/spamhaus-drop";
import { threatfoxCsv } from "./sources/threatfox-csv";
import { threatfoxJson } from "./sources/threatfox-json";
import { torBulk } from "./sources/tor-bulk";
import { torExit } from "./sources/tor-exit";
import { urlhaus } from "./sources/urlhaus";
import { urlhausJson } from "./sources/urlhaus-json";
import { urlhausText } from "./sources/urlhaus-text";

/** Every feed that is known, in the order in which docs/feeds.md lists them. */
export const feeds: readonly FeedDefinition[] = [
  urlhaus,
  urlhausJson,
  urlhausText,
  threatfoxJson,
  threatfoxCsv,
  feodoJson,
  feodoCsv,
  cisaKev,
  openphish,
  ipsum,
  spamhausDrop,
  torExit,
  torBulk,
  c2intelfeeds,
];
