import type { Importer } from "../importer.ts";

const customer = ["stripe_customer_id", "customer.id", "customer.email", "id"];

export const rewardful: Importer = {
  vendor: "rewardful",
  title: "Rewardful",
  sources: [
    "developers.rewardful.com/rest-api (affiliates, affiliate links, coupons, referrals, commissions)",
    "CSV exports of affiliates and referrals: names of columns as seen in the field",
  ],
  shapes: [
    {
      name: "affiliates",
      title: "Affiliates",
      basis: "documented",
      needs: ["id", "email", "state"],
      knows: [
        "first_name",
        "last_name",
        "confirmed_at",
        "visitors",
        "leads",
        "conversions",
        "paypal_email",
        "campaign.id",
        "created_at",
      ],
      records: [
        {
          kind: "partner",
          fields: {
            externalId: "id",
            name: { columns: ["first_name", "last_name"], join: true },
            email: "email",
            contact: { columns: ["first_name", "last_name"], join: true },
            status: { columns: ["state"], values: { active: "active", disabled: "paused", suspicious: "paused" } },
          },
        },
      ],
    },
    {
      name: "links",
      title: "Links of affiliates",
      basis: "documented",
      needs: ["url", "token", "^id|affiliate.id|affiliate_id"],
      knows: ["id", "visitors", "leads", "conversions", "^email"],
      records: [
        {
          kind: "link",
          fields: {
            externalId: ["id", "token"],
            partner: ["affiliate.id", "affiliate_id", "^id"],
            address: "url",
            name: "token",
          },
        },
      ],
    },
    {
      name: "coupons",
      title: "Coupons of affiliates",
      basis: "documented",
      needs: ["token", "affiliate_id|affiliate.id", "external_id"],
      knows: ["id", "leads", "conversions", "created_at", "archived_at"],
      records: [
        {
          kind: "code",
          fields: {
            code: "token",
            partner: ["affiliate_id", "affiliate.id"],
            validFrom: "created_at",
            validTo: "archived_at",
          },
        },
      ],
    },
    {
      name: "referrals",
      title: "Referrals (customers)",
      basis: "documented",
      needs: ["id", "conversion_state|state", "affiliate.id", "became_lead_at|became_conversion_at|stripe_customer_id"],
      knows: [
        "link.id",
        "link.token",
        "stripe_customer_id",
        "became_lead_at",
        "became_conversion_at",
        "expires_at",
        "deactivated_at",
        "customer.email",
        "created_at",
        "visits",
      ],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: {
            externalId: "affiliate.id",
            name: { columns: ["affiliate.first_name", "affiliate.last_name"], join: true },
            email: "affiliate.email",
          },
        },
        {
          kind: "customer",
          fields: {
            ref: customer,
            partner: "affiliate.id",
            link: "link.id",
            since: ["became_lead_at", "became_conversion_at", "created_at"],
            until: "deactivated_at",
          },
        },
      ],
    },
    {
      name: "commissions",
      title: "Commissions (sales)",
      basis: "documented",
      needs: ["id", "sale.id", "sale.sale_amount_cents", "affiliate.id|sale.affiliate.id"],
      knows: [
        "state",
        "currency",
        "amount",
        "due_at",
        "paid_at",
        "voided_at",
        "sale.charged_at",
        "sale.currency",
        "sale.referral.id",
        "sale.referral.stripe_customer_id",
      ],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: {
            externalId: ["affiliate.id", "sale.affiliate.id"],
            email: ["affiliate.email", "sale.affiliate.email"],
            name: { columns: ["affiliate.first_name", "affiliate.last_name"], join: true },
          },
        },
        {
          kind: "conversion",
          fields: {
            externalId: "sale.id",
            type: { value: "sale" },
            customer: [
              "sale.referral.stripe_customer_id",
              "sale.referral.customer.id",
              "sale.referral.customer.email",
              "sale.referral.id",
              "sale.id",
            ],
            occurredAt: ["sale.charged_at", "sale.created_at", "created_at"],
            amount: { columns: ["sale.sale_amount_cents"], minor: true },
            currency: ["sale.currency", "currency"],
            partner: ["affiliate.id", "sale.affiliate.id"],
            status: "state",
          },
        },
      ],
    },
  ],
};
