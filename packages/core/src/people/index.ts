export { appendAboutPerson } from "./about-person";
export { type AccountLink, claimLink, createLink, endOtherLinks, insertLink, linkMs, readLink } from "./account-links";
export { deletePerson } from "./delete-person";
export { endSessions } from "./end-sessions";
export { exportPerson } from "./export-person";
export { listPeople } from "./list-people";
export { setDisabled } from "./set-disabled";
export { setOperator } from "./set-operator";
export {
  createdLinkShape,
  createLinkInput,
  deletedPersonShape,
  deletePersonInput,
  exportedPersonShape,
  listPeopleInput,
  type Person,
  personInput,
  personListShape,
  personShape,
  setDisabledInput,
  setOperatorInput,
} from "./shape";
