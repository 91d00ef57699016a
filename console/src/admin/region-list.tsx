import { Button, Group } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { type ClosedRegion, NewRegion, type Region } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { useSession } from "../session/session.tsx";

type RegionRow = z.infer<typeof Region>;

/** Regions divide partners among teams: a role can hold for one of them. */
export function RegionList() {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("programs.write") ? (
    <Button onClick={() => go("/regions?new=1")}>{t("createRegion")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<RegionRow>
        name="regions"
        title={t("regions")}
        subtitle={t("regionsText")}
        resource="/regions"
        rowId={(one) => one.id}
        columns={[
          { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
          {
            id: "code",
            label: t("code"),
            cell: (one) => one.code,
            text: (one) => one.code,
            width: 140,
            phone: "value",
          },
          { id: "id", label: t("id"), cell: (one) => <CopyText text={one.id} />, text: (one) => one.id, width: 300 },
          {
            id: "closed",
            label: t("closed"),
            cell: (one) => <Closing region={one} />,
            width: 340,
          },
          {
            id: "createdAt",
            label: t("createdAt"),
            cell: (one) => <DateText at={one.createdAt} detail="day" />,
            text: (one) => one.createdAt,
            width: 140,
            align: "end",
            phone: "line",
          },
        ]}
        empty={{ title: t("emptyRegions"), text: t("emptyRegionsText"), action: create }}
        actions={create}
      />
      <FormDialog
        opened={search.new === "1"}
        onClose={() => go("/regions")}
        title={t("createRegion")}
        submit={t("createRegionDo")}
        schema={NewRegion}
        initial={{ name: "", code: "" }}
        fields={[
          { kind: "text", name: "name", label: t("name"), required: true },
          { kind: "text", name: "code", label: t("code"), hint: t("codeHint"), required: true },
        ]}
        send={(values, key) => api.post<RegionRow>("/regions", values, key)}
        done={() => undefined}
        refresh={["regions", "audit"]}
      />
    </>
  );
}

/** Whether only owners see the region's partners, and the switch. */
function Closing({ region }: { readonly region: RegionRow }) {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const [asking, setAsking] = useState(false);
  const closed = useRecord<{ readonly data: readonly ClosedRegion[] }>("/access/closed-regions");
  const isClosed = closed.data?.data.some((one) => one.regionId === region.id) ?? false;
  const act = t(isClosed ? "openRegion" : "closeRegion");
  return (
    <Group gap="xs" wrap="nowrap">
      {t(isClosed ? "closedYes" : "closedNo")}
      {can("settings.write") ? (
        <Button size="compact-xs" variant="subtle" onClick={() => setAsking(true)}>
          {act}
        </Button>
      ) : null}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={act}
        text={t(isClosed ? "openRegionText" : "closeRegionText", { name: region.name })}
        action={act}
        {...(isClosed ? {} : { reason: "required" as const })}
        send={(reason) =>
          isClosed
            ? api.delete(`/access/closed-regions/${region.id}`)
            : api.put(`/access/closed-regions/${region.id}`, { reason })
        }
        refresh={["access", "partners", "audit"]}
      />
    </Group>
  );
}
