import "@fontsource-variable/inter";
import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { type AnyRouter, RouterProvider } from "@tanstack/react-router";
import { type ReactNode, StrictMode, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { useTranslation } from "react-i18next";
import { createQueryClient } from "../api/records.ts";
import { startLanguages } from "../i18n/start.ts";
import { listenToKeys } from "../kit/shortcuts.ts";
import { theme, variables } from "../kit/theme.ts";

/** Starts an entry: the language first, so that nothing is ever shown as a key. */
export async function startProgram(router: AnyRouter): Promise<void> {
  const root = document.getElementById("root");
  if (root === null) throw new Error("the page has no #root");
  // the screen's own code comes while the words do
  void router.load().catch(() => undefined);
  await startLanguages();
  listenToKeys();
  const client = createQueryClient();
  createRoot(root).render(
    <StrictMode>
      <Themed>
        <QueryClientProvider client={client}>
          <Notifications position="bottom-right" limit={4} />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Themed>
    </StrictMode>,
  );
}

/** The theme, with the words that the library's own buttons need in the person's language. */
function Themed({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation("kit");
  const close = t("close");
  const spoken = useMemo(() => {
    const defaultProps = { closeButtonProps: { "aria-label": close } };
    return mergeThemeOverrides(theme, {
      components: { Modal: { defaultProps }, Drawer: { defaultProps }, Notification: { defaultProps } },
    });
  }, [close]);
  return (
    <MantineProvider theme={spoken} cssVariablesResolver={variables} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
