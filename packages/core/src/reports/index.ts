export { addSightings, type Reporter } from "./add-sightings";
export {
  feedbackAnswerShape,
  feedbackListShape,
  feedbackPathInput,
  giveFeedbackInput,
  listFeedbackInput,
  proposalsShape,
  reviewFeedbackInput,
} from "./feedback-shape";
export { giveFeedback, listFeedback, withdrawFeedback } from "./give-feedback";
export { countSightings, listSightings, removeSighting, streamSightings } from "./list-sightings";
export { listProposals, reviewFeedback } from "./review-feedback";
export {
  addedSightingsShape,
  addSightingsInput,
  listSightingsInput,
  maxSightings,
  removedShape,
  type SightingView,
  sightingListShape,
  sightingPathInput,
  sightingsCostOf,
  sightingsPerRequest,
} from "./shape";
