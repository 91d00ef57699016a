import type { ClicksReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useAddress } from "../kit/address.ts";
import { ChoiceMenu } from "../kit/choice-menu.tsx";

type Grain = ClicksReport["grain"];

/** How long each point of time lasts; kept in the address. */
export function GrainMenu<G extends Grain>({ grain, grains }: { readonly grain: G; readonly grains: readonly G[] }) {
  const { t } = useTranslation("reporting");
  const [, change] = useAddress();
  return (
    <ChoiceMenu
      label={t("each")}
      value={grain}
      choices={grains.map((value) => ({ value, label: t(`grain.${value}`) }))}
      onChange={(value) => change({ grain: value })}
    />
  );
}
