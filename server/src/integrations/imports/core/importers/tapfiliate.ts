import type { Importer } from "../importer.ts";

export const tapfiliate: Importer = {
  vendor: "tapfiliate",
  title: "Tapfiliate",
  sources: ["tapfiliate.com/docs/rest (OpenAPI of affiliates and commissions; schemas of conversion and customer)"],
  shapes: [
    {
      name: "affiliates",
      title: "Affiliates",
      basis: "documented",
      needs: ["id", "firstname", "lastname", "referral_link|created_at"],
      knows: ["email", "coupon", "parent.id", "group.id", "created_at", "company.name", "address.country.code"],
      records: [
        {
          kind: "partner",
          fields: {
            externalId: "id",
            name: { columns: ["firstname", "lastname"], join: true },
            contact: { columns: ["firstname", "lastname"], join: true },
            company: "company.name",
            email: "email",
            country: "address.country.code",
            parent: "parent.id",
            status: { value: "active" },
          },
        },
        {
          kind: "link",
          derived: true,
          fields: { externalId: "referral_link", partner: "id", address: "referral_link" },
        },
        { kind: "code", derived: true, fields: { code: "coupon", partner: "id" } },
      ],
    },
    {
      name: "affiliations",
      title: "Affiliates of a program",
      basis: "documented",
      needs: ["affiliate.id", "approved", "referral_link"],
      knows: ["affiliate.email", "affiliate.firstname", "affiliate.lastname", "coupon", "program.id", "created_at"],
      records: [
        {
          kind: "partner",
          fields: {
            externalId: "affiliate.id",
            name: { columns: ["affiliate.firstname", "affiliate.lastname"], join: true },
            email: "affiliate.email",
            status: { columns: ["approved"], values: { true: "active", false: "applied" } },
          },
        },
        {
          kind: "link",
          derived: true,
          fields: { externalId: "referral_link", partner: "affiliate.id", address: "referral_link" },
        },
        { kind: "code", derived: true, fields: { code: "coupon", partner: "affiliate.id" } },
      ],
    },
    {
      name: "customers",
      title: "Customers",
      basis: "documented",
      needs: ["id", "customer_id", "status"],
      knows: ["created_at", "click.created_at", "click.landing_page", "affiliate.id", "program.id"],
      records: [
        {
          kind: "customer",
          fields: {
            ref: ["customer_id", "id"],
            partner: ["affiliate.id", "click.affiliate.id"],
            since: ["click.created_at", "created_at"],
          },
        },
      ],
    },
    {
      name: "conversions",
      title: "Conversions",
      basis: "documented",
      needs: ["id", "external_id", "amount", "affiliate.id"],
      knows: [
        "program_id",
        "program.id",
        "affiliate.email",
        "affiliate.firstname",
        "created_at",
        "customer.customer_id",
        "customer_id",
        "click.created_at",
        "click_id",
        "coupon",
        "status",
      ],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: {
            externalId: "affiliate.id",
            name: { columns: ["affiliate.firstname", "affiliate.lastname"], join: true },
            email: "affiliate.email",
          },
        },
        {
          kind: "conversion",
          fields: {
            externalId: ["external_id", "id"],
            type: { value: "sale" },
            customer: ["customer.customer_id", "customer_id", "customer.id", "external_id", "id"],
            occurredAt: "created_at",
            amount: { columns: ["amount"], value: "0" },
            currency: ["currency", "program.currency"],
            partner: "affiliate.id",
          },
        },
      ],
    },
  ],
};
