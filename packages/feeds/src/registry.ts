import type { FeedDefinition } from "./feed";

export const feeds: readonly FeedDefinition[] = [];
