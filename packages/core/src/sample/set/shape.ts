/** Of one key of the set: what its requests of the last weeks were. */
export type KeyFieldsOfSample = {
  name: string;
  /** Requests in an hour of work; nights and weekends have fewer. */
  perHour: number;
  /** Route templates, the share of each, and its usual time in milliseconds. */
  routes: readonly { route: string; share: number; ms: number }[];
  /** Refusals with this status in every so many hours, as a share of that hour's requests. */
  refusals: readonly { status: number; every: number; share: number }[];
};
