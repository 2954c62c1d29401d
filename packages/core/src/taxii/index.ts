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
