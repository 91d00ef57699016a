import type { Importer } from "../importer.ts";

export const partnerstack: Importer = {
  vendor: "partnerstack",
  title: "PartnerStack",
  sources: [
    "docs.partnerstack.com (OpenAPI of customers; pages of partnerships, transactions and deals)",
    "CSV exports: names of columns as seen in the field",
  ],
  shapes: [
    {
      name: "partnerships",
      title: "Partnerships",
      basis: "known",
      needs: ["partner_key", "email", "key|group.slug|group"],
      knows: [
        "first_name",
        "last_name",
        "approved_status",
        "group.name",
        "created_at",
        "updated_at",
        "team.name",
        "company",
        "country",
      ],
      records: [
        {
          kind: "partner",
          fields: {
            externalId: "partner_key",
            name: { columns: ["first_name", "last_name"], join: true },
            contact: { columns: ["first_name", "last_name"], join: true },
            company: ["team.name", "company", "company_name"],
            email: "email",
            country: ["address.country", "country"],
            status: { columns: ["approved_status", "status"], value: "active" },
          },
        },
      ],
    },
    {
      name: "links",
      title: "Links of partnerships",
      basis: "known",
      needs: ["url|link|destination", "key|link_key", "partner_key|^partner_key"],
      knows: ["name", "default", "dest", "created_at"],
      records: [
        {
          kind: "link",
          fields: {
            externalId: ["key", "link_key"],
            partner: ["partner_key", "^partner_key"],
            address: ["url", "link"],
            destination: ["dest", "destination"],
            name: "name",
          },
        },
      ],
    },
    {
      name: "customers",
      title: "Customers",
      basis: "documented",
      needs: ["customer_key", "partner_key", "email|name"],
      knows: ["key", "provider_key", "created_at", "updated_at", "source_type", "test"],
      records: [
        { kind: "partner", derived: true, fields: { externalId: "partner_key" } },
        { kind: "customer", fields: { ref: ["customer_key", "key"], partner: "partner_key", since: "created_at" } },
      ],
    },
    {
      name: "transactions",
      title: "Transactions",
      basis: "known",
      needs: ["key", "amount", "customer.key|customer_key|customer.customer_key"],
      knows: [
        "currency",
        "category_key",
        "product_key",
        "created_at",
        "approved",
        "partnership.partner_key",
        "partner_key",
      ],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: {
            externalId: ["partnership.partner_key", "partner_key", "customer.partner_key"],
            email: "partnership.email",
          },
        },
        {
          kind: "conversion",
          fields: {
            externalId: "key",
            type: { value: "sale" },
            customer: ["customer.customer_key", "customer_key", "customer.key"],
            occurredAt: "created_at",
            amount: { columns: ["amount"], minor: true },
            currency: "currency",
            partner: ["partnership.partner_key", "partner_key", "customer.partner_key"],
          },
        },
      ],
    },
  ],
};
