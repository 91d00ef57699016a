import { Select } from "@mantine/core";
import type { Agreement, Estimate } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page as Pages } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { Page } from "../kit/page.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { EstimateView } from "./estimate-view.tsx";
import { useEstimate } from "./use-estimate.ts";

interface Terms {
  readonly id: string;
  readonly programId: string;
  readonly version: number;
  readonly state: "inForce" | "pending" | "next";
}

/** A partner's own terms: those in force, those that come, and those it was offered. */
function termsOf(agreements: readonly Agreement[]): Terms[] {
  return agreements.flatMap((one) =>
    (["inForce", "pending", "next"] as const).flatMap((state) => {
      const version = one[state];
      const isTold = version !== null && !(state === "next" && version.version === one.inForce?.version);
      return isTold ? [{ id: version.id, programId: one.programId, version: version.version, state }] : [];
    }),
  );
}

/** What the partner's own terms would pay for a funnel. */
export function OwnCalculator() {
  const { t } = useTranslation("calculator");
  const agreements = useRecord<Pages<Agreement>>("/agreements", { limit: 100 });
  return (
    <Page title={t("title")} subtitle={t("ownSubtitle")}>
      <Loaded query={agreements}>{({ data }) => <Chosen terms={termsOf(data)} />}</Loaded>
    </Page>
  );
}

function Chosen({ terms }: { readonly terms: readonly Terms[] }) {
  const { t } = useTranslation("calculator");
  const [picked, setPicked] = useState<string | null>(null);
  const ids = [...new Set(terms.map((one) => one.programId))];
  const named = useRecord<{ data: readonly { id: string; name: string }[] }>(
    "/names",
    { ids },
    { enabled: ids.length > 0 },
  );
  const nameOf = (id: string) => named.data?.data.find((one) => one.id === id)?.name ?? "…";
  const chosen = terms.find((one) => one.id === picked) ?? terms[0];
  if (chosen === undefined) return <EmptyState title={t("noTerms")} text={t("noTermsText")} />;
  return (
    <>
      {terms.length < 2 ? null : (
        <Select
          label={t("terms")}
          data={terms.map((one) => ({
            value: one.id,
            label: t(`termsOf.${one.state}`, { program: nameOf(one.programId), version: one.version }),
          }))}
          value={chosen.id}
          allowDeselect={false}
          maw={420}
          mb={16}
          onChange={setPicked}
        />
      )}
      <OfTerms key={chosen.id} id={chosen.id} />
    </>
  );
}

function OfTerms({ id }: { readonly id: string }) {
  const { query, state } = useEstimate(id, (asked) =>
    api.post<Estimate>("/estimates", { of: { agreementVersionId: id }, ...asked }),
  );
  return <Loaded query={query}>{(estimate) => <EstimateView estimate={estimate} funnel={state} />}</Loaded>;
}
