export { appendAboutPerson } from "./about-person";
export { type AccountLink, claimLink, createLink, insertLink, linkMs, readLink } from "./account-links";
export { endSessions } from "./end-sessions";
export { listPeople } from "./list-people";
export { keepingSomebody } from "./lock-person";
export { setDisabled } from "./set-disabled";
export { setOperator } from "./set-operator";
export {
  createdLinkShape,
  createLinkInput,
  listPeopleInput,
  type Person,
  personInput,
  personListShape,
  personShape,
  setDisabledInput,
  setOperatorInput,
} from "./shape";
