import {
  createdLinkShape,
  createLink,
  createLinkInput,
  deletedPersonShape,
  deletePerson,
  deletePersonInput,
  endSessions,
  listPeople,
  listPeopleInput,
  personInput,
  personListShape,
  personShape,
  setDisabled,
  setDisabledInput,
  setOperator,
  setOperatorInput,
} from "@tocsin/core/people";
import { bySession, router } from "../procedure";

const byOperator = () => bySession({ operator: true });

/** The people of the instance, for its operators. */
export const peopleRouter = router({
  list: byOperator()
    .input(listPeopleInput)
    .output(personListShape)
    .query(({ ctx, input }) => listPeople(ctx, input)),

  delete: byOperator()
    .input(deletePersonInput)
    .output(deletedPersonShape)
    .mutation(({ ctx, input }) => deletePerson(ctx, input)),

  createLink: byOperator()
    .input(createLinkInput)
    .output(createdLinkShape)
    .mutation(({ ctx, input }) => createLink(ctx, input)),

  setDisabled: byOperator()
    .input(setDisabledInput)
    .output(personShape)
    .mutation(({ ctx, input }) => setDisabled(ctx, input)),

  setOperator: byOperator()
    .input(setOperatorInput)
    .output(personShape)
    .mutation(({ ctx, input }) => setOperator(ctx, input)),

  endSessions: byOperator()
    .input(personInput)
    .output(personShape)
    .mutation(({ ctx, input }) => endSessions(ctx, input)),
});
