import type { Importer } from "../importer.ts";

export const tune: Importer = {
  vendor: "tune",
  title: "TUNE (HasOffers)",
  sources: [
    "developers.tune.com (Apiv3: Affiliate::findAll, AffiliateUser, Report::getConversions; answers are objects by id)",
    "CSV exports of the network console: names of columns as seen in the field",
  ],
  shapes: [
    {
      name: "Affiliate",
      title: "Affiliates",
      basis: "documented",
      needs: ["Affiliate.id|Affiliate ID|id", "Affiliate.company|company", "Affiliate.status|status"],
      knows: [
        "Affiliate.country",
        "Affiliate.phone",
        "Affiliate.date_added",
        "Affiliate.referral_id",
        "Affiliate.website",
        "country",
        "Account Manager",
        "date_added",
        "Email",
      ],
      records: [
        {
          kind: "partner",
          fields: {
            externalId: ["Affiliate.id", "Affiliate ID", "id"],
            name: ["Affiliate.company", "company"],
            company: ["Affiliate.company", "company"],
            email: ["AffiliateUser.email", "email"],
            phone: ["Affiliate.phone", "phone"],
            website: ["Affiliate.website", "website"],
            country: ["Affiliate.country", "country"],
            parent: ["Affiliate.referral_id", "referral_id"],
            status: ["Affiliate.status", "status"],
          },
        },
      ],
    },
    {
      name: "AffiliateUser",
      title: "People of affiliates",
      basis: "documented",
      needs: ["AffiliateUser.affiliate_id", "AffiliateUser.email"],
      knows: [
        "AffiliateUser.id",
        "AffiliateUser.first_name",
        "AffiliateUser.last_name",
        "AffiliateUser.status",
        "AffiliateUser.title",
      ],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: {
            externalId: "AffiliateUser.affiliate_id",
            email: "AffiliateUser.email",
            contact: { columns: ["AffiliateUser.first_name", "AffiliateUser.last_name"], join: true },
            phone: "AffiliateUser.phone",
          },
        },
      ],
    },
    {
      name: "links",
      title: "Tracking links",
      basis: "known",
      needs: ["Tracking Link|tracking_url|click_url|Tracking URL", "Affiliate ID|affiliate_id"],
      knows: ["Offer ID", "offer_id", "Offer", "Affiliate"],
      records: [
        {
          kind: "link",
          fields: {
            externalId: ["Tracking Link", "tracking_url", "click_url", "Tracking URL"],
            partner: ["Affiliate ID", "affiliate_id"],
            address: ["Tracking Link", "tracking_url", "click_url", "Tracking URL"],
            name: ["Offer", "offer_name"],
          },
        },
      ],
    },
    {
      name: "conversions",
      title: "Conversions",
      basis: "documented",
      needs: [
        "Stat.affiliate_id|Conversion.affiliate_id|Affiliate ID",
        "Stat.datetime|Conversion.datetime|Datetime|Date",
        "Stat.sale_amount|Conversion.sale_amount|Sale Amount",
      ],
      knows: [
        "Stat.id",
        "Stat.offer_id",
        "Stat.conversion_status",
        "Stat.payout",
        "Stat.ad_id",
        "Stat.advertiser_info",
        "Stat.currency",
        "Affiliate.company",
        "Conversion.id",
        "Conversion.status",
        "Transaction ID",
        "Status",
        "Stat.promo_code",
      ],
      records: [
        {
          kind: "partner",
          derived: true,
          fields: {
            externalId: ["Stat.affiliate_id", "Conversion.affiliate_id", "Affiliate ID"],
            name: ["Affiliate.company", "Affiliate"],
          },
        },
        {
          kind: "conversion",
          fields: {
            externalId: [
              "Stat.advertiser_info",
              "Conversion.advertiser_info",
              "Advertiser Sub ID",
              "Stat.id",
              "Conversion.id",
              "Stat.ad_id",
              "Conversion.ad_id",
              "Transaction ID",
              "Conversion ID",
            ],
            type: { value: "sale" },
            // As its listener takes it, so that what the customer does after the change is that customer's.
            customer: [
              "Stat.ad_id",
              "Conversion.ad_id",
              "Transaction ID",
              "Stat.advertiser_info",
              "Conversion.advertiser_info",
              "Conversion ID",
            ],
            occurredAt: ["Stat.datetime", "Conversion.datetime", "Datetime", "Date"],
            amount: { columns: ["Stat.sale_amount", "Conversion.sale_amount", "Sale Amount"], value: "0" },
            currency: ["Stat.currency", "Conversion.currency", "Currency"],
            partner: ["Stat.affiliate_id", "Conversion.affiliate_id", "Affiliate ID"],
            code: ["Stat.promo_code", "Promo Code"],
            status: ["Stat.conversion_status", "Stat.status", "Conversion.status", "Status"],
          },
        },
      ],
    },
  ],
};
