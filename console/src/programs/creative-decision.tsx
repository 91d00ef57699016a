import { Alert, Checkbox, Modal, Stack, Text } from "@mantine/core";
import type { Creative } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useSay } from "../compliance/use-say.ts";
import { NameText } from "../kit/name-text.tsx";
import { Properties } from "../kit/record/card.tsx";
import { CreativePlace } from "./creative-columns.tsx";
import { type Decided, DecisionFoot } from "./decision-foot.tsx";

type Decision = "approve" | "reject" | "withdraw";

interface CreativeDecisionProps {
  readonly creative: Creative;
  readonly onClose: () => void;
}

/** What it says beside what it has to say, and the second person's word. */
export function CreativeDecision({ creative, onClose }: CreativeDecisionProps) {
  const { t } = useTranslation("programs");
  const say = useSay();
  const [warningsSeen, setWarningsSeen] = useState(false);
  const decide = useChange<Decided<Decision>, Creative>({
    send: (decided) =>
      api.post(`/creatives/${creative.id}/decision`, { revision: creative.revision, ...decided, warningsSeen }),
    refresh: ["creatives", "offers", "audit"],
    done: onClose,
  });
  const ways: readonly Decision[] = creative.state === "proposed" ? ["reject", "approve"] : ["withdraw"];
  const isSaid = creative.wording !== "";
  return (
    <Modal opened onClose={onClose} title={creative.name} size={640}>
      <Stack gap="sm">
        <Properties
          items={[
            [t("offer"), <NameText key="offer" id={creative.offerId} to={`/offers/${creative.offerId}`} />],
            [t("creatives.seen"), <CreativePlace key="place" creative={creative} />],
            [t("creatives.proposedBy"), creative.proposedName ?? "–"],
            ...creative.warnings.map(
              ({ regime, text }) => [t("creatives.warning"), `${say(regime)}: ${text}`] as const,
            ),
          ]}
        />
        <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
          {isSaid ? creative.wording : t("creatives.noWording")}
        </Text>
        {creative.faults.length === 0 ? null : (
          <Alert color="red" title={t("creatives.faults")}>
            {creative.faults.map(say).join(" ")}
          </Alert>
        )}
        {creative.warnings.length === 0 || isSaid || creative.state !== "proposed" ? null : (
          <Checkbox
            label={t("creatives.warningsSeen")}
            checked={warningsSeen}
            onChange={({ currentTarget }) => setWarningsSeen(currentTarget.checked)}
          />
        )}
        <DecisionFoot
          ways={ways}
          label={(way) => t(`creatives.do.${way}`)}
          lacksReason={(_way, reason) => reason.length < 3}
          decide={decide}
        />
      </Stack>
    </Modal>
  );
}
