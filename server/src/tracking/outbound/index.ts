export { type AddressPolicy, addressPolicy, checkedLookup, urlProblem } from "./address.ts";
export { type Call, type CallOptions, callPartner } from "./call.ts";
export type { AccruedCommission, CallOutcome, CommissionState, PostedAmount, SettledEvent } from "./contracts.ts";
export { maskCustomer } from "./core/macros.ts";
export { queueCommissionDeliveries, queueDeliveries } from "./queue.ts";
export {
  type Deliveries,
  type DeliveryOptions,
  type Finished,
  type Outbox,
  startSending,
} from "./sender.ts";
export { createPostback, listOwnDeliveries } from "./service.ts";
export { type ClaimRequest, forgetAttempts as forgetPostbackAttempts } from "./store/deliveries.ts";
export { startDeliveries } from "./worker.ts";
