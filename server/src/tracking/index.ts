export { changeCap, createCap, getCap } from "./caps/service.ts";
export { type CapSurroundings, settleCaps } from "./caps/settle.ts";
export { type CappedEvent, cappedEvents, decideCapped } from "./caps/store/caps.ts";
export {
  CLICK_VERDICTS,
  type ClickTarget,
  type ClickVerdict,
  type CustomEventType,
  type DeviceKind,
  type EdgeCatalogue,
  type EdgeOffer,
  type EdgePartner,
  type EdgeProgram,
  ENTRY_KIND,
  type EntryKind,
  type EventDoor,
  type IntakeEntry,
  type StoredCall,
  type StoredClick,
  type StoredEvent,
  type StoredImpression,
  type StoredLine,
  type StoredRefusal,
  type StoredRefusedEvent,
} from "./contracts.ts";
export { type AliasAddress, readAlias } from "./core/alias.ts";
export type { ClickIds, ClickPlace } from "./core/click-id.ts";
export { readTime } from "./core/event-time.ts";
export type { EventNote } from "./core/parse-event.ts";
export { parseReceiptId, type ReceiptPlace, receiptId } from "./core/receipt-id.ts";
export { readCall, readClick, readImpression } from "./core/stored.ts";
export type { Dialect } from "./dialects/core/contracts.ts";
export { DIALECTS } from "./dialects/index.ts";
export { edgeCatalogue, edgeProgram } from "./edge/catalogue.ts";
export {
  type ClickKeyFacts,
  type ClickKeyRing,
  listClickKeys,
  openClickKeyRing,
  rotateClickKey,
} from "./edge/click-key-ring.ts";
export { clickIdsOf } from "./edge/click-keys.ts";
export { type CountryOf, openCountries } from "./edge/countries.ts";
export { createEdge, EDGE_SERVER_OPTIONS, type Edge, type EdgeDeps } from "./edge/edge.ts";
export { type TestMark, type TestMarks, testMarks } from "./edge/mark-of-test.ts";
export { PlacesProblem } from "./edge/places.ts";
export { openRoutes, type RouteSource, type RouteSourceOptions } from "./edge/route-source.ts";
export { type Vault, vaultOf } from "./events/source.ts";
export { type CallOrigin, type TakeParts, takeEvents } from "./events/take-events.ts";
export { type HistoryLine, readHistory, takeHistory } from "./events/take-history.ts";
export {
  lastFailedLinkTest,
  lastFailedPostback,
  linksOfPair,
  openPairs,
  type PostbackHour,
  postbackHours,
} from "./health/facts.ts";
export { type ImportOptions, type ImportProgress, type ImportResult, importEvents } from "./import/import-events.ts";
export { type RejectsFile, rejectsFile } from "./import/rejects.ts";
export { closeDeadLanes } from "./intake/lane.ts";
export { type IntakeLog, type IntakeLogOptions, openIntakeLog } from "./intake/log.ts";
export type { Place } from "./intake/place.ts";
export { findEntries, type IntakeBatch, type LaneCursor, type LogEnds, type ReadOptions } from "./intake/reader.ts";
export { addAlias, aliasPlace, removeAliases, takenAliases } from "./links/aliases.ts";
export { changeCode, createCode } from "./links/codes.ts";
export { type LinkFacts, linkById, linkNames, linksByIds, sourceNames } from "./links/doors.ts";
export {
  handOverCodes,
  handOverLinks,
  heldByProgram,
  returnCodes,
  returnLinks,
} from "./links/hand-over.ts";
export { changeLink, createLink, getLink, type LinkNeeds, listLinks } from "./links/service.ts";
export { createSource, type SourceNeeds } from "./links/sources.ts";
export {
  type AccruedCommission,
  type AddressPolicy,
  addressPolicy,
  type Call,
  type CallOptions,
  type CallOutcome,
  type ClaimRequest,
  type CommissionState,
  callPartner,
  checkedLookup,
  createPostback,
  type Deliveries,
  type DeliveryOptions,
  type Finished,
  forgetPostbackAttempts,
  listOwnDeliveries,
  maskCustomer,
  type Outbox,
  type PostedAmount,
  queueCommissionDeliveries,
  queueDeliveries,
  type SettledEvent,
  startDeliveries,
  startSending,
  urlProblem,
} from "./outbound/index.ts";
export { type FeedDay, feedTotals } from "./process/feed-totals.ts";
export {
  areEventsBehind,
  type Conversion,
  type CountedEvent,
  callFinder,
  clickById,
  conversionsOf,
  countedEventsOf,
  decideBatch,
  type EffectiveEvent,
  type EventChanges,
  type EventDraft,
  type EventFacts,
  type EventRecord,
  effectiveEventsOf,
  eventsOfCustomer,
  eventsSoFar,
  type Fate,
  type FoundCode,
  findCodes,
  finishBatch,
  firstSeenOf,
  holdEvents,
  insertEvents,
  type JourneyStep,
  type KnownEvents,
  loadJourneys,
  type OpenBatch,
  type Purged,
  type PurgeOptions,
  purgeStep,
  queueShipping,
  type ReceiptDraft,
  reassignEvents,
  rehearseEvents,
  TEST_REASONS,
  takeBatch,
  wasKnown,
} from "./process/index.ts";
export type { AcceptedAgreement, ProofNeeds, RulesInForce, SandboxQuestion } from "./proof/contracts.ts";
export { trackingEvidence } from "./proof/evidence.ts";
export { openLinksOf, typesTested } from "./proof/for-readiness.ts";
export { lookAtPage } from "./proof/look-at-page.ts";
export { headerRowOf, suggestMapping } from "./shadow/core/columns.ts";
export { dateOrderOf, plainNumber, type ReadRow, type RowReader, rowReader } from "./shadow/core/read-row.ts";
export { type FileKind, type FileRow, fileRows } from "./shadow/file-rows.ts";
export { readFile as readShadowFile, takeFile as takeShadowFile } from "./shadow/files.ts";
export { keepFile } from "./shadow/keep-file.ts";
export { createShadow, typesOf as eventTypesOf } from "./shadow/service.ts";
export { conversionPages } from "./shadow/store/ours.ts";
export { createSmartLink } from "./smart-links/service.ts";
export { putEarnings, smartLinkNames } from "./smart-links/store/smart-links.ts";
export { eventsNamed, type NamedEvent } from "./why/events-named.ts";
export { type CallLine, linesAt } from "./why/lines-at.ts";
