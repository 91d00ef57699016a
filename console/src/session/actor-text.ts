import { useTranslation } from "react-i18next";

interface Actor {
  readonly kind: string;
  readonly name: string;
}

/** Who acted: people by their name, the program's own parts in the reader's words. */
export function useActorText(): (actor: Actor) => string {
  const { t } = useTranslation("app");
  return ({ kind, name }) => {
    if (kind !== "system") return name;
    return t("byProgram", { part: t(`system.${name}`, { defaultValue: name, nsSeparator: false }) });
  };
}

/** The same for a name that comes alone. */
export function useActorName(): (name: string) => string {
  const { i18n } = useTranslation("app");
  const actorText = useActorText();
  return (name) => actorText({ kind: i18n.exists(`app:system.${name}`) ? "system" : "user", name });
}
