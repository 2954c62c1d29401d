export { type Backlog, readBacklog } from "./backlog";
export { type Collection, collections, findCollection, type Kind, kindsOf } from "./collections";
export { countPublications } from "./count-publications";
export {
  type DateAdded,
  findObject,
  type PageOf,
  type PageQuery,
  type Place,
  type PlacedRecord,
  pageObjects,
  pagePlaces,
} from "./page-objects";
export { type Sequenced, sequenceChanges } from "./sequence-changes";
