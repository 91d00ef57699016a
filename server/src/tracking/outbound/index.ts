export { type AddressPolicy, addressPolicy } from "./address.ts";
export type { AccruedCommission, PostedAmount, SettledEvent } from "./contracts.ts";
export { maskCustomer } from "./core/macros.ts";
export { queueCommissionDeliveries, queueDeliveries } from "./queue.ts";
export { createPostback } from "./service.ts";
export { type Deliveries, type DeliveryOptions, startDeliveries } from "./worker.ts";
