import type { ImportRecognition } from "@tributary/contract";
import { useTranslation } from "react-i18next";

/** As many columns are named. */
const NAMED = 5;

/** Why a table is taken for what it is: the columns that it shares with it. */
export function RecognisedBy({ recognition }: { readonly recognition: ImportRecognition }) {
  const { t } = useTranslation("imports");
  const { met, of, title } = recognition;
  const columns = met.slice(0, NAMED).join(", ") + (met.length > NAMED ? " …" : "");
  return t("recognisedBy", { met: met.length, of, title, columns });
}
