export { decideBatch, finishBatch, holdEvents, type OpenBatch, takeBatch, writeEvents } from "./batch.ts";
export type {
  EffectiveEvent,
  EventChanges,
  EventDraft,
  EventRecord,
  Fate,
  ReceiptDraft,
} from "./contracts.ts";
export { type FoundCode, findCodes, type JourneyStep, loadJourneys } from "./journeys.ts";
export { bumpEventsOf, effectiveEventsAfter, effectiveEventsOf, firstSeenOf, queueShipping } from "./store.ts";
