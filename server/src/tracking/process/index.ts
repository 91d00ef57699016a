export {
  areEventsBehind,
  decideBatch,
  eventsSoFar,
  finishBatch,
  holdEvents,
  insertEvents,
  type KnownEvents,
  type OpenBatch,
  takeBatch,
  wasKnown,
} from "./batch.ts";
export type {
  EffectiveEvent,
  EventChanges,
  EventDraft,
  EventRecord,
  Fate,
  ReceiptDraft,
} from "./contracts.ts";
export { type Conversion, conversionsOf } from "./conversions.ts";
export { callFinder } from "./earlier-call.ts";
export { clickById, type FoundCode, findCodes, type JourneyStep, loadJourneys } from "./journeys.ts";
export { rehearseEvents } from "./rehearse.ts";
export { type Purged, type PurgeOptions, purgeStep } from "./retention.ts";
export {
  type CountedEvent,
  countedEventsOf,
  type EventFacts,
  effectiveEventsOf,
  eventsOfCustomer,
  firstSeenOf,
  queueShipping,
  reassignEvents,
} from "./store.ts";
export { TEST_REASONS } from "./tests.ts";
