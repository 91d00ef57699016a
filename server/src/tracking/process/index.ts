export { decideBatch, finishBatch, holdEvents, insertEvents, type OpenBatch, takeBatch } from "./batch.ts";
export type {
  EffectiveEvent,
  EventChanges,
  EventDraft,
  EventRecord,
  Fate,
  ReceiptDraft,
} from "./contracts.ts";
export { type FoundCode, findCodes, type JourneyStep, loadJourneys } from "./journeys.ts";
export { effectiveEventsAfter, effectiveEventsOf, firstSeenOf, queueShipping, reassignEvents } from "./store.ts";
