export { loadSample } from "./load-sample";
export { removeSample, type SampleRemoval, tidySample } from "./remove-sample";
export { describeSampleFeeds } from "./set/feeds";
export {
  type SampleAnswer,
  type SampleLoaded,
  type SampleRemoved,
  sampleLoadedShape,
  sampleRemovedShape,
  sampleShape,
} from "./shape";
export { findSample, getSample } from "./state";
