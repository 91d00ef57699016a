import type { Importer } from "../importer.ts";

export const impact: Importer = {
  vendor: "impact",
  title: "impact.com",
  sources: [
    "integrations.impact.com (OpenAPI, Brand API v14: MediaPartners, PromoCodes; Actions by the same names as in the Partner API v16)",
    "CSV exports of reports (Action Listing, partner list): names of columns as seen in the field",
  ],
  shapes: [
    {
      name: "MediaPartners",
      title: "Partners",
      basis: "documented",
      needs: ["Id", "Name", "State", "PartnerType|RelationshipState|Website"],
      knows: [
        "Description",
        "Address.Country",
        "Phone.Number",
        "Currency",
        "Timezone",
        "AccountManager",
        "DateCreated",
        "DateLastUpdated",
        "Uri",
      ],
      records: [
        {
          kind: "partner",
          fields: {
            externalId: "Id",
            name: "Name",
            website: "Website",
            country: "Address.Country",
            phone: "Phone.Number",
            note: "Description",
            status: {
              columns: ["State"],
              values: {
                active: "active",
                pending: "applied",
                suspended: "paused",
                declined: "rejected",
                expired: "deactivated",
                deactivated: "deactivated",
                closing: "paused",
                closed: "deactivated",
                not_applicable: "applied",
              },
            },
          },
        },
      ],
    },
    {
      name: "Contacts",
      title: "Contacts of partners",
      basis: "documented",
      needs: ["FirstName", "LastName", "Email", "^Id"],
      knows: ["IsPrimary", "^Name"],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: {
            externalId: "^Id",
            name: "^Name",
            email: "Email",
            contact: { columns: ["FirstName", "LastName"], join: true },
          },
        },
      ],
    },
    {
      name: "PromoCodes",
      title: "Promo codes",
      basis: "documented",
      needs: ["Code", "AssignedPartnerId", "Type|State"],
      knows: [
        "Id",
        "CampaignId",
        "AssignedPartnerName",
        "CreditPolicy",
        "StartDate",
        "EndDate",
        "CreatedDate",
        "DealId",
      ],
      records: [
        { kind: "partner", derived: true, fields: { externalId: "AssignedPartnerId", name: "AssignedPartnerName" } },
        {
          kind: "code",
          fields: { code: "Code", partner: "AssignedPartnerId", validFrom: "StartDate", validTo: "EndDate" },
        },
      ],
    },
    {
      name: "TrackingLinks",
      title: "Tracking links",
      basis: "known",
      needs: ["TrackingURL|TrackingLink|Tracking URL", "MediaPartnerId|PartnerId|Partner ID|MediaId"],
      knows: ["AdId", "CampaignId", "ProgramId", "LandingPage", "DeepLink", "Type"],
      records: [
        {
          kind: "link",
          fields: {
            externalId: ["TrackingURL", "TrackingLink"],
            partner: ["MediaPartnerId", "PartnerId", "MediaId"],
            address: ["TrackingURL", "TrackingLink"],
            destination: ["DeepLink", "LandingPage"],
          },
        },
      ],
    },
    {
      name: "Actions",
      title: "Actions",
      basis: "documented",
      needs: [
        "Id|ActionId|Action Id",
        "EventDate|ActionDate|Action Date",
        "Amount|SaleAmount|Sale Amount",
        "MediaPartnerId|PartnerId|Partner Id|MediaId|Partner",
      ],
      knows: [
        "CampaignId",
        "ActionTrackerName",
        "State",
        "Payout",
        "Currency",
        "Oid",
        "PromoCode",
        "CustomerId",
        "LockingDate",
        "MediaPartnerName",
        "SubId1",
        "SharedId",
      ],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: {
            externalId: ["MediaPartnerId", "PartnerId", "MediaId", "Partner"],
            name: ["MediaPartnerName", "PartnerName", "Partner"],
          },
        },
        {
          kind: "conversion",
          fields: {
            externalId: ["Oid", "Id", "ActionId"],
            type: { value: "sale" },
            customer: ["CustomerId", "Oid", "Id", "ActionId"],
            occurredAt: ["EventDate", "ActionDate"],
            amount: ["Amount", "SaleAmount"],
            currency: "Currency",
            partner: ["MediaPartnerId", "PartnerId", "MediaId", "Partner"],
            code: "PromoCode",
            status: ["State", "Status"],
          },
        },
      ],
    },
  ],
};
