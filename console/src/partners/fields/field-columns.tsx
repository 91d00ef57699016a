import { useQuery } from "@tanstack/react-query";
import type { FieldValue, Partner, PartnerField } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useRecord } from "../../api/records.ts";
import type { Column, Filter } from "../../kit/list/list-declaration.ts";
import { useFieldText } from "../record/use-field-text.ts";

/** Own fields that this person may read values of. */
function useFields(): readonly PartnerField[] {
  const fields = useRecord<{ readonly data: readonly PartnerField[] }>("/partner-fields");
  return (fields.data?.data ?? []).filter((one) => one.archivedAt === null);
}

/** A column for each own field, shown to whoever switches it on. */
export function useFieldColumns(): readonly Column<Partner>[] {
  const text = useFieldText();
  return useFields().map((field) => ({
    id: `field:${field.key}`,
    label: text.title(field),
    cell: (one) => <FieldText field={field} partnerId={one.id} />,
    width: 170,
    hidden: true,
  }));
}

/** Narrows by an own field that has a choice; nothing where there is none. */
export function useFieldFilters(): readonly Filter[] {
  const { t } = useTranslation("partners");
  const text = useFieldText();
  const options = useFields().flatMap((field) => {
    const values: readonly FieldValue[] =
      field.type === "yes_no" ? [true, false] : field.options.map((option) => option.value);
    return values.map((value) => ({
      value: `${field.key}:${value}`,
      label: `${text.title(field)}: ${typeof value === "string" ? text.option(field, value) : text.value(field, value)}`,
    }));
  });
  return options.length === 0 ? [] : [{ kind: "choice", field: "field", label: t("fields.title"), options }];
}

function FieldText({ field, partnerId }: { readonly field: PartnerField; readonly partnerId: string }) {
  const text = useFieldText();
  const found = useQuery({
    queryKey: ["partners", "field-values", field.key, partnerId],
    queryFn: () => askFor(field.key, partnerId),
  });
  if (found.data === undefined) return found.isError ? "–" : "…";
  return found.data === null ? "–" : text.value(field, found.data);
}

interface Waiting {
  readonly settle: (value: FieldValue | null) => void;
  readonly fail: (error: unknown) => void;
}

const MOST = 100;
const asked = new Map<string, Map<string, Waiting[]>>();

/** One call for the rows of a column that are drawn in the same turn. */
function askFor(key: string, partnerId: string): Promise<FieldValue | null> {
  return new Promise((settle, fail) => {
    const column = asked.get(key) ?? new Map<string, Waiting[]>();
    if (column.size === 0) setTimeout(() => void send(key), 5);
    asked.set(key, column.set(partnerId, [...(column.get(partnerId) ?? []), { settle, fail }]));
  });
}

async function send(key: string): Promise<void> {
  const column = asked.get(key) ?? new Map<string, Waiting[]>();
  asked.delete(key);
  const ids = [...column.keys()];
  for (let from = 0; from < ids.length; from += MOST) {
    const some = ids.slice(from, from + MOST);
    const waiting = some.flatMap((id) => (column.get(id) ?? []).map((one) => ({ id, ...one })));
    try {
      const query = { key, partnerIds: some.join(",") };
      const { data } = await api.get<{ data: readonly { partnerId: string; value: FieldValue }[] }>(
        "/partner-field-values",
        query,
      );
      const values = new Map(data.map((one) => [one.partnerId, one.value]));
      for (const { id, settle } of waiting) settle(values.get(id) ?? null);
    } catch (error) {
      for (const { fail } of waiting) fail(error);
    }
  }
}
