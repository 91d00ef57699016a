import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { PORTAL_SECTIONS } from "../kit/area-declaration.ts";
import { useGo } from "../kit/link.tsx";
import { ProblemState } from "../kit/problem-state.tsx";
import { AppShell } from "../kit/shell/app-shell.tsx";
import { Splash } from "../kit/shell/splash.tsx";
import { UserMenu } from "../kit/shell/user-menu.tsx";
import { chooseLanguage, signOut } from "../session/own-choices.ts";
import { SessionGate, useSession } from "../session/session.tsx";
import { portalAreas } from "./areas.ts";

const Palette = lazy(async () => ({ default: (await import("../kit/shell/palette.tsx")).Palette }));

/** Everything behind the sign-in of a partner's people. */
export function PortalShell() {
  const go = useGo();
  const { href } = useLocation();
  const leave = useCallback(() => go(`/sign-in?next=${encodeURIComponent(href)}`), [go, href]);
  return (
    <SessionGate
      waiting={<Splash />}
      failed={(error, retry) => <ProblemState error={error} retry={retry} />}
      onSignedOut={leave}
    >
      <PortalFrame />
    </SessionGate>
  );
}

function PortalFrame() {
  const { t } = useTranslation("app");
  const { me, can } = useSession();
  if (me.kind !== "partner_user") {
    window.location.replace("/");
    return <Splash />;
  }
  const entries = portalAreas.flatMap((area) => area.navigation ?? []).filter((entry) => can(entry.permission));
  const actions = portalAreas.flatMap((area) => area.actions ?? []).filter((action) => can(action.permission));
  return (
    <AppShell
      entries={entries}
      sections={PORTAL_SECTIONS}
      palette={
        <Suspense fallback={null}>
          <Palette entries={entries} actions={actions} finders={portalAreas.flatMap((area) => area.finders ?? [])} />
        </Suspense>
      }
      controls={(collapsed) => (
        <UserMenu
          name={me.name}
          detail={me.partner?.name ?? t("partner")}
          collapsed={collapsed}
          settings="/settings"
          onLanguage={(language) => void chooseLanguage(language)}
          onSignOut={() => void signOut("/portal/sign-in")}
        />
      )}
    >
      <Outlet />
    </AppShell>
  );
}
