import { NewPostback, POSTBACK_MACROS, POSTBACK_OCCASIONS, type Postback } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";

const Entry = NewPostback.pick({ name: true, occasions: true, method: true, url: true }).extend({
  partnerId: z.string().optional(),
});

interface PostbackFormProps {
  readonly own: boolean;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function PostbackForm({ own, opened, onClose }: PostbackFormProps) {
  const { t } = useTranslation("postbacks");
  const go = useGo();
  const macros = Object.keys(POSTBACK_MACROS)
    .map((name) => `{${name}}`)
    .join(" ");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("create")}
      submit={t("create")}
      schema={Entry}
      initial={{ partnerId: "", name: "", occasions: ["registration", "ftd"], method: "GET", url: "" }}
      draft="postback-new"
      fields={[
        {
          kind: "record",
          name: "partnerId",
          label: t("partner"),
          required: true,
          when: () => !own,
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "text", name: "name", label: t("name"), half: true },
        {
          kind: "select",
          name: "method",
          label: t("method"),
          half: true,
          options: ["GET", "POST"].map((value) => ({ value, label: value })),
        },
        {
          kind: "choices",
          name: "occasions",
          label: t("occasions"),
          required: true,
          options: POSTBACK_OCCASIONS.map((value) => ({ value, label: t(`occasion.${value}`) })),
        },
        {
          kind: "url",
          name: "url",
          label: t("url"),
          hint: t("urlHint", { macros, interpolation: { escapeValue: false } }),
          required: true,
          placeholder: "https://tracker.example/postback?cid={partner_click_id}",
        },
      ]}
      send={({ partnerId, ...values }, key) =>
        api.post<Postback>("/postbacks", partnerId === "" ? values : { ...values, partnerId }, key)
      }
      done={(postback) => go(`/postbacks/${postback.id}`)}
      refresh={["postbacks", "audit"]}
    />
  );
}
