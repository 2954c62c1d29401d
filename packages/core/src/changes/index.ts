export { type Backlog, readBacklog } from "./backlog";
export { countPublications } from "./count-publications";
export { queueArticle } from "./queue-changes";
export { sequenceChanges } from "./sequence-changes";
