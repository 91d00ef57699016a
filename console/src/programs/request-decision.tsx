import { Modal, Stack } from "@mantine/core";
import type { OfferRequest } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Properties } from "../kit/record/card.tsx";
import { type Decided, DecisionFoot } from "./decision-foot.tsx";

type Decision = "approve" | "decline" | "revoke";

interface RequestDecisionProps {
  readonly request: OfferRequest;
  readonly onClose: () => void;
}

const WAYS: Readonly<Record<OfferRequest["status"], readonly Decision[]>> = {
  requested: ["decline", "approve"],
  approved: ["revoke"],
  declined: ["approve"],
  revoked: ["approve"],
};

/** What the partner answered, and the decision; to say no needs a reason, which the partner reads. */
export function RequestDecision({ request, onClose }: RequestDecisionProps) {
  const { t } = useTranslation("programs");
  const decide = useChange({
    send: (decided: Decided<Decision>) =>
      api.post(`/offer-requests/${request.id}/decision`, { revision: request.revision, ...decided }),
    refresh: ["offer-requests", "offers", "audit"],
    done: onClose,
  });
  return (
    <Modal opened onClose={onClose} title={t("requests.of")} size={560}>
      <Stack gap="sm">
        <Properties
          items={[
            [t("partner"), <NameText key="partner" id={request.partnerId} to={`/partners/${request.partnerId}`} />],
            [t("offer"), <NameText key="offer" id={request.offerId} to={`/offers/${request.offerId}`} />],
            [t("requests.at"), <DateText key="at" at={request.requestedAt} />],
            ...request.answers.map(({ question, answer }) => [question, answer || "–"] as const),
            [t("requests.says"), request.note || "–"],
            ...(request.decidedAt === null
              ? []
              : ([
                  [t("requests.decidedBy"), <NameText key="by" id={request.decidedBy} />],
                  [t("requests.reason"), request.reason || "–"],
                ] as const)),
          ]}
        />
        <DecisionFoot
          ways={WAYS[request.status]}
          label={(way) => t(`requests.do.${way}`)}
          hint={t("requests.reasonHint")}
          lacksReason={(way, reason) => way !== "approve" && reason === ""}
          decide={decide}
        />
      </Stack>
    </Modal>
  );
}
