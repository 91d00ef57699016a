import type { ShadowField, ShadowIncumbent, ShadowMapping } from "@tributary/contract";

/** An export whose columns are known. */
export interface KnownFormat {
  readonly name: string;
  readonly incumbent: ShadowIncumbent;
  readonly columns: Readonly<Partial<Record<ShadowField, string>>>;
  readonly more?: Partial<Pick<ShadowMapping, "minorUnits" | "dates" | "timeZone">>;
}

/**
 * Exports as the platforms write them, by the names of their columns. Fields of an API are listed under the name that the vendor's
 * document gives (Everflow: conversion report; impact: Actions; Tapfiliate: conversions; Dub: sales events; Rewardful: commissions).
 */
export const KNOWN_FORMATS: readonly KnownFormat[] = [
  {
    name: "Everflow conversions (API)",
    incumbent: "everflow",
    columns: {
      conversionId: "conversion_id", orderId: "order_id", clickId: "transaction_id", occurredAt: "conversion_unix_timestamp",
      type: "event", partner: "affiliate_id", amount: "sale_amount", currency: "currency_id", status: "status",
    },
  },
  {
    name: "Everflow conversions (file)",
    incumbent: "everflow",
    columns: {
      conversionId: "Conversion ID", orderId: "Order ID", clickId: "Transaction ID", occurredAt: "Date", type: "Event Name",
      partner: "Partner", amount: "Sale Amount", currency: "Currency", status: "Status",
    },
  },
  {
    name: "TUNE conversions",
    incumbent: "tune",
    columns: {
      conversionId: "Conversion ID", orderId: "Advertiser Sub ID", clickId: "Transaction ID", occurredAt: "Date / Time", type: "Goal",
      partner: "Affiliate", amount: "Sale Amount", currency: "Currency", status: "Status",
    },
  },
  {
    name: "TUNE Report/getConversions",
    incumbent: "tune",
    columns: {
      conversionId: "Stat.id", orderId: "Stat.advertiser_info", clickId: "Stat.ad_id", occurredAt: "Stat.datetime", type: "Goal.name",
      partner: "Stat.affiliate_id", amount: "Stat.sale_amount", currency: "Stat.currency", status: "Stat.conversion_status",
    },
  },
  {
    name: "CAKE conversions",
    incumbent: "cake",
    columns: {
      conversionId: "Conversion ID", orderId: "Transaction ID", clickId: "Click ID", occurredAt: "Conversion Date", type: "Event",
      partner: "Affiliate", amount: "Order Total", currency: "Currency", status: "Disposition",
    },
  },
  {
    name: "Affise conversions",
    incumbent: "affise",
    columns: {
      conversionId: "conversion_id", orderId: "action_id", clickId: "clickid", occurredAt: "created_at", type: "goal",
      partner: "partner_id", amount: "sum", currency: "currency", status: "status", customerId: "user_id",
    },
  },
  {
    name: "Scaleo conversions",
    incumbent: "scaleo",
    columns: {
      conversionId: "conversion_id", orderId: "adv_transaction_id", clickId: "click_id", occurredAt: "added_timestamp", type: "goal",
      partner: "affiliate", amount: "amount", currency: "currency", status: "conversion_status",
    },
  },
  {
    name: "Post Affiliate Pro transactions",
    incumbent: "post_affiliate_pro",
    columns: {
      conversionId: "ID", orderId: "Order ID", occurredAt: "Created", type: "Type", partner: "Affiliate", amount: "Total cost", status: "Status",
    },
  },
  {
    name: "impact Action Listing",
    incumbent: "impact",
    columns: {
      conversionId: "Action Id", orderId: "OID", clickId: "Click ID", customerId: "Customer ID", occurredAt: "Action Date",
      type: "Action Tracker", partner: "Partner", amount: "Sale Amount", currency: "Currency", status: "Status",
    },
  },
  {
    name: "impact Actions (API)",
    incumbent: "impact",
    columns: {
      conversionId: "Id", orderId: "Oid", customerId: "CustomerId", occurredAt: "EventDate", type: "ActionTrackerName",
      partner: "MediaPartnerName", amount: "Amount", currency: "Currency", status: "State",
    },
  },
  {
    name: "PartnerStack transactions",
    incumbent: "partnerstack",
    columns: {
      conversionId: "key", customerId: "customer_key", occurredAt: "created_at", type: "category_key", partner: "partner_key",
      amount: "amount", currency: "currency", status: "approval_status",
    },
    more: { minorUnits: true },
  },
  {
    name: "Tapfiliate conversions",
    incumbent: "tapfiliate",
    columns: {
      conversionId: "id", orderId: "external_id", clickId: "click_id", customerId: "customer_id", occurredAt: "created_at",
      type: "commission_type", partner: "affiliate_id", amount: "amount", currency: "currency", status: "status",
    },
  },
  {
    name: "FirstPromoter commissions",
    incumbent: "firstpromoter",
    columns: {
      conversionId: "id", orderId: "event_id", customerId: "uid", occurredAt: "created_at", type: "event_type",
      partner: "promoter_email", amount: "sale_amount", currency: "currency", status: "status",
    },
    more: { minorUnits: true },
  },
  {
    name: "Dub sales",
    incumbent: "dub",
    columns: {
      conversionId: "eventId", orderId: "invoiceId", clickId: "clickId", customerId: "customerExternalId", occurredAt: "timestamp",
      type: "eventName", partner: "partnerId", amount: "saleAmount", currency: "currency", status: "status",
    },
    more: { minorUnits: true },
  },
  {
    name: "Rewardful commissions",
    incumbent: "rewardful",
    columns: {
      conversionId: "Commission ID", orderId: "Sale ID", customerId: "Customer ID", occurredAt: "Created at", partner: "Affiliate Email",
      amount: "Sale Amount", currency: "Currency", status: "Status",
    },
  },
]; // biome-ignore format: tables

/** Names that columns of other exports have, the likeliest first; compared without case, blanks and marks. */
export const USUAL_NAMES: Readonly<Record<ShadowField, readonly string[]>> = {
  conversionId: ["conversionid", "actionid", "commissionid", "eventid", "id"],
  orderId: ["orderid", "oid", "order", "externalid", "invoiceid", "saleid", "transactionid", "txid", "txnid", "advuniqueid", "reference"],
  clickId: ["clickid", "click", "clickref", "reqid", "irclickid", "transactionid", "cid"],
  customerId: ["customerid", "customer", "userid", "playerid", "uid", "clientid", "accountid", "login", "customerkey"],
  occurredAt: ["occurredat", "conversiondate", "eventdate", "actiondate", "conversiontime", "datetime", "date", "createdat", "created", "timestamp", "transactiondate", "day"],
  time: ["time", "transactiontime", "hour"],
  type: ["type", "event", "eventname", "goal", "goalname", "actiontracker", "action", "commissiontype", "conversiontype"],
  partner: ["partner", "partnername", "partnerid", "affiliate", "affiliatename", "affiliateid", "publisher", "publishername", "promoter", "affiliateemail", "partnercode", "mediapartner"],
  amount: ["saleamount", "orderamount", "amount", "sum", "sales", "revenue", "total", "ordertotal", "value", "price"],
  currency: ["currency", "currencycode", "cur"],
  status: ["status", "state", "conversionstatus", "approvalstatus", "disposition"],
}; // biome-ignore format: lists of words
