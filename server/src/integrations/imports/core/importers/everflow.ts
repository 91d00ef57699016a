import type { Importer } from "../importer.ts";

const PARTNER = [
  "relationship.affiliate.network_affiliate_id",
  "affiliate_id",
  "network_affiliate_id",
  "Partner ID",
  "Affiliate",
  "Partner",
];

export const everflow: Importer = {
  vendor: "everflow",
  title: "Everflow",
  sources: [
    "developers.everflow.io (networks/reporting/conversions and conversion webhooks: fields and statuses)",
    "lists of affiliates, coupon codes and tracking links, CSV exports of the console: names as seen in the field",
  ],
  shapes: [
    {
      name: "affiliates",
      title: "Affiliates",
      basis: "known",
      needs: [
        "network_affiliate_id|Affiliate ID|Partner ID",
        "name|Affiliate|Affiliate Name|Partner|Partner Name",
        "account_status|Status",
      ],
      knows: [
        "internal_notes",
        "network_employee_id",
        "default_currency_id",
        "time_created",
        "relationship.country",
        "Account Manager",
        "Country",
        "Email",
        "contact_address.country_code",
        "referrer_id",
      ],
      records: [
        {
          kind: "partner",
          fields: {
            externalId: ["network_affiliate_id", "Affiliate ID", "Partner ID"],
            name: ["name", "Affiliate Name", "Affiliate", "Partner Name", "Partner"],
            email: ["email", "contact_email"],
            country: ["contact_address.country_code", "country_code", "country"],
            note: "internal_notes",
            parent: "referrer_id",
            status: ["account_status", "status"],
          },
        },
      ],
    },
    {
      name: "users",
      title: "People of affiliates",
      basis: "known",
      needs: ["email", "first_name", "network_affiliate_id|^network_affiliate_id"],
      knows: ["last_name", "network_affiliate_user_id", "work_phone", "cell_phone", "account_status"],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: {
            externalId: ["network_affiliate_id", "^network_affiliate_id"],
            email: "email",
            contact: { columns: ["first_name", "last_name"], join: true },
            phone: ["work_phone", "cell_phone"],
          },
        },
      ],
    },
    {
      name: "links",
      title: "Tracking links",
      basis: "known",
      needs: [
        "url|tracking_url|Tracking URL|Tracking Link",
        "network_affiliate_id|Affiliate ID|Partner ID",
        "network_offer_id|Offer ID",
      ],
      knows: ["Affiliate", "Offer", "encoded_value", "network_tracking_domain_id", "source_id"],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: {
            externalId: ["network_affiliate_id", "Affiliate ID", "Partner ID"],
            name: ["Affiliate", "Affiliate Name", "Partner", "Partner Name"],
          },
        },
        {
          kind: "link",
          fields: {
            externalId: ["url", "tracking_url", "Tracking URL", "Tracking Link"],
            partner: ["network_affiliate_id", "Affiliate ID", "Partner ID"],
            address: ["url", "tracking_url", "Tracking URL", "Tracking Link"],
            name: "Offer",
            source: "source_id",
          },
        },
      ],
    },
    {
      name: "coupon_codes",
      title: "Coupon codes",
      basis: "known",
      needs: [
        "coupon_code|Coupon Code",
        "network_affiliate_id|Affiliate ID|Partner ID",
        "coupon_status|start_date|Status",
      ],
      knows: ["network_coupon_code_id", "network_offer_id", "end_date", "internal_notes"],
      records: [
        {
          kind: "code",
          fields: {
            code: "coupon_code",
            partner: ["network_affiliate_id", "Affiliate ID", "Partner ID"],
            validFrom: "start_date",
            validTo: "end_date",
          },
        },
      ],
    },
    {
      name: "conversions",
      title: "Conversions",
      basis: "documented",
      needs: [
        "conversion_id",
        "transaction_id",
        "conversion_unix_timestamp|conversion_date|Date",
        "relationship.affiliate.network_affiliate_id|affiliate_id|network_affiliate_id|Partner ID|Affiliate|Partner",
      ],
      knows: [
        "status",
        "sale_amount",
        "payout",
        "revenue",
        "currency_id",
        "order_id",
        "coupon_code",
        "event",
        "is_event",
        "sub1",
        "adv1",
        "relationship.affiliate.name",
        "click_unix_timestamp",
        "country",
      ],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: {
            externalId: PARTNER,
            name: ["relationship.affiliate.name", "affiliate", "affiliate_name", "Partner", "Partner Name"],
          },
        },
        {
          kind: "conversion",
          fields: {
            externalId: ["order_id", "conversion_id"],
            type: { value: "sale" },
            // As its listener takes it, so that what the customer does after the change is that customer's.
            customer: ["user_id", "transaction_id", "order_id"],
            occurredAt: ["conversion_unix_timestamp", "conversion_date", "date"],
            amount: { columns: ["sale_amount"], value: "0" },
            currency: ["currency_id", "currency"],
            partner: PARTNER,
            code: "coupon_code",
            status: "status",
          },
        },
      ],
    },
  ],
};
