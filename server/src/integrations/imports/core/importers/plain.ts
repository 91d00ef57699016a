import type { Importer } from "../importer.ts";

const partnerId = [
  "partner_id",
  "affiliate_id",
  "partner_key",
  "publisher_id",
  "partner",
  "affiliate",
  "publisher",
  "partner_email",
  "affiliate_email",
];
const someone = partnerId.join("|");

/** Any other table whose columns say what they are; whatever is not guessed is chosen on the mapping screen. */
export const plain: Importer = {
  vendor: "plain",
  title: "Plain table",
  sources: ["columns by the names that are usual in the field; the mapping screen has the last word"],
  shapes: [
    {
      name: "conversions",
      title: "Conversions",
      basis: "known",
      needs: [
        "conversion_id|order_id|transaction_id|external_id|event_id",
        "occurred_at|date|datetime|created_at|time|timestamp|event_date",
        "amount|sale_amount|revenue|total|sum|type|event|event_type",
      ],
      knows: ["customer_id", "customer", "player_id", "currency", "status", "code", "coupon", ...partnerId],
      records: [
        { kind: "partner", derived: true, fields: { externalId: partnerId, name: ["partner_name", "affiliate_name"] } },
        {
          kind: "conversion",
          fields: {
            externalId: ["external_id", "conversion_id", "order_id", "transaction_id", "event_id"],
            type: { columns: ["type", "event_type", "event"], value: "sale" },
            customer: [
              "customer_id",
              "customer_ref",
              "customer",
              "player_id",
              "user_id",
              "client_id",
              "order_id",
              "transaction_id",
              "conversion_id",
            ],
            occurredAt: ["occurred_at", "datetime", "timestamp", "created_at", "event_date", "date", "time"],
            amount: ["amount", "sale_amount", "revenue", "total", "sum"],
            currency: ["currency", "currency_code"],
            partner: partnerId,
            code: ["code", "coupon", "coupon_code", "promo_code"],
            clickId: ["click_id", "clickid"],
            status: ["status", "state"],
          },
        },
      ],
    },
    {
      name: "customers",
      title: "Customers",
      basis: "known",
      needs: ["customer_id|customer_ref|player_id|user_id|client_id|customer", someone],
      knows: ["since", "until", "registered_at", "signup_date", "created_at", "link_id", "valid_from", "valid_to"],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: { externalId: partnerId, name: ["partner_name", "affiliate_name", "company_name"] },
        },
        {
          kind: "customer",
          fields: {
            ref: ["customer_id", "customer_ref", "player_id", "user_id", "client_id", "customer"],
            partner: partnerId,
            link: ["link_id", "link"],
            since: [
              "since",
              "valid_from",
              "registered_at",
              "registration_date",
              "signup_date",
              "sign_up_date",
              "created_at",
              "date",
            ],
            until: ["until", "valid_to", "expires_at"],
          },
        },
      ],
    },
    {
      name: "codes",
      title: "Codes",
      basis: "known",
      needs: ["code|coupon|coupon_code|promo_code|referral_code", someone],
      knows: ["valid_from", "valid_to", "start_date", "end_date", "expires_at"],
      records: [
        {
          kind: "code",
          fields: {
            code: ["code", "coupon_code", "coupon", "promo_code", "referral_code"],
            partner: partnerId,
            validFrom: ["valid_from", "start_date"],
            validTo: ["valid_to", "end_date", "expires_at"],
          },
        },
      ],
    },
    {
      name: "links",
      title: "Links",
      basis: "known",
      needs: ["url|link|address|tracking_url|tracking_link|referral_link|short_link", someone],
      knows: ["link_id", "destination", "landing_page", "deep_link", "name", "offer", "offer_id", "source", "status"],
      records: [
        {
          kind: "link",
          fields: {
            externalId: [
              "link_id",
              "tracking_url",
              "tracking_link",
              "referral_link",
              "short_link",
              "url",
              "link",
              "address",
            ],
            partner: partnerId,
            address: ["tracking_url", "tracking_link", "referral_link", "short_link", "address", "url", "link"],
            destination: ["destination", "deep_link", "landing_page"],
            name: ["link_name", "name"],
            offer: ["offer", "offer_code", "offer_id"],
            source: "source",
            status: "status",
          },
        },
      ],
    },
    {
      name: "partners",
      title: "Partners",
      basis: "known",
      needs: [
        "partner_id|affiliate_id|partner_key|publisher_id|id|external_id|email",
        "name|partner_name|affiliate_name|company|company_name|email|first_name|firstname",
      ],
      knows: ["status", "state", "country", "website", "phone", "parent", "parent_id", "created_at", "notes"],
      records: [
        {
          kind: "partner",
          fields: {
            externalId: ["partner_id", "affiliate_id", "partner_key", "publisher_id", "external_id", "id", "email"],
            name: ["partner_name", "affiliate_name", "name", "company_name", "company"],
            company: ["company_name", "company", "legal_name"],
            email: ["email", "partner_email", "contact_email", "e_mail"],
            contact: ["contact", "contact_name"],
            phone: ["phone", "telephone"],
            website: ["website", "site", "url"],
            country: ["country", "country_code"],
            status: ["status", "state"],
            parent: ["parent_id", "parent_partner_id", "parent", "referred_by", "referrer_id"],
            note: ["note", "notes", "comment"],
          },
        },
      ],
    },
  ],
};
