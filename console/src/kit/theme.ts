import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one accent. Shade 6 carries white text at 5:1, shades 3 and 7 are text on dark and on light. */
const iris: MantineColorsTuple = [
  "#eef1ff",
  "#dfe4fd",
  "#bfc8f8",
  "#9dabf3",
  "#7d8eec",
  "#6477e6",
  "#4f63df",
  "#4354c8",
  "#3948a8",
  "#2f3b86",
];

const gray: MantineColorsTuple = [
  "#f7f7f8",
  "#f1f1f3",
  "#e6e7ea",
  "#d9dade",
  "#c1c4ca",
  "#9a9fa9",
  "#6b7078",
  "#575b63",
  "#373a41",
  "#1b1c20",
];

/** Drawn for the dark, not inverted: four surfaces that get lighter towards the reader. */
const dark: MantineColorsTuple = [
  "#e4e5e9",
  "#bcbfc7",
  "#9a9eaa",
  "#7d828e",
  "#34373f",
  "#292c32",
  "#1e2025",
  "#131417",
  "#0e0f11",
  "#090a0b",
];

const control = { "--input-height": "32px", "--input-fz": "13px" };

export const theme = createTheme({
  colors: { iris, gray, dark },
  primaryColor: "iris",
  primaryShade: { light: 6, dark: 6 },
  black: "#1b1c20",
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', Menlo, monospace",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  radius: { xs: "3px", sm: "5px", md: "6px", lg: "10px", xl: "16px" },
  defaultRadius: "md",
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.125rem", lineHeight: "1.4" },
      h2: { fontSize: "0.9375rem", lineHeight: "1.4" },
      h3: { fontSize: "0.8125rem", lineHeight: "1.4" },
    },
  },
  shadows: {
    sm: "0 1px 2px rgb(0 0 0 / 6%)",
    md: "0 4px 14px rgb(0 0 0 / 10%)",
    lg: "0 12px 36px rgb(0 0 0 / 16%)",
  },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Input: { vars: () => ({ wrapper: control }) },
    InputWrapper: {
      defaultProps: { size: "sm" },
      styles: { label: { fontWeight: 500, marginBottom: 3 }, description: { marginBottom: 4 } },
    },
    Button: {
      defaultProps: { size: "xs" },
      styles: { root: { fontWeight: 500 } },
      // the house's size; the compact sizes keep their own
      vars: (_theme: unknown, props: { readonly size?: string }) => ({
        root:
          props.size === undefined || props.size === "xs"
            ? { "--button-height": "32px", "--button-fz": "13px" }
            : { "--button-fz": "12.5px" },
      }),
    },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 30 } },
    Text: { defaultProps: { size: "sm" } },
    Anchor: { defaultProps: { size: "sm" } },
    Badge: { defaultProps: { variant: "light", size: "sm", radius: "sm" } },
    Table: { defaultProps: { fz: "sm", verticalSpacing: 6 } },
    Tabs: { defaultProps: { keepMounted: false } },
    Menu: { defaultProps: { shadow: "md", position: "bottom-end", withinPortal: true } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, fz: "xs" } },
    Popover: { defaultProps: { shadow: "md" } },
    Select: { defaultProps: { comboboxProps: { shadow: "md" }, checkIconPosition: "right" } },
    MultiSelect: { defaultProps: { comboboxProps: { shadow: "md" } } },
    Checkbox: { defaultProps: { size: "xs" } },
    Switch: { defaultProps: { size: "sm" } },
    Radio: { defaultProps: { size: "xs" } },
    Modal: {
      defaultProps: { radius: "lg", centered: false, yOffset: "8vh", overlayProps: { backgroundOpacity: 0.35 } },
    },
    Drawer: { defaultProps: { position: "right", overlayProps: { backgroundOpacity: 0.25 } } },
    Loader: { defaultProps: { size: "sm", type: "oval" } },
  },
});

/**
 * Names for what colours mean, so that no screen chooses a shade. Every text colour here reaches 4.5:1 on its own ground
 * (the browser journeys check it with axe).
 */
export const variables: CSSVariablesResolver = () => ({
  variables: { "--tb-row": "34px", "--tb-head": "32px" },
  light: {
    "--mantine-color-body": "#ffffff",
    "--mantine-color-error": "#b3261e",
    "--mantine-color-dimmed": "#5f636c",
    "--mantine-color-placeholder": "#70747d",
    "--mantine-color-default-border": "#dcdde1",
    "--mantine-color-anchor": "#4354c8",
    "--tb-canvas": "#f6f6f8",
    "--tb-raised": "#ffffff",
    "--tb-hover": "#f3f3f6",
    "--tb-selected": "#eef1ff",
    "--tb-line": "#e8e9ec",
    "--tb-focus": "#4f63df",
    "--tb-good": "#1a7048",
    "--tb-good-ground": "#e5f5ec",
    "--tb-warn": "#8a5208",
    "--tb-warn-ground": "#fdf1dd",
    "--tb-bad": "#b3261e",
    "--tb-bad-ground": "#fdeaea",
    "--tb-info": "#3948a8",
    "--tb-info-ground": "#eceffe",
    "--tb-quiet": "#575b63",
    "--tb-quiet-ground": "#eeeff1",
  },
  dark: {
    "--mantine-color-body": "#131417",
    "--mantine-color-error": "#f58e87",
    "--mantine-color-dimmed": "#9a9eaa",
    "--mantine-color-placeholder": "#8a8f9b",
    "--mantine-color-default-border": "#34373f",
    "--mantine-color-anchor": "#9dabf3",
    "--tb-canvas": "#0e0f11",
    "--tb-raised": "#1a1b1f",
    "--tb-hover": "#1c1e22",
    "--tb-selected": "#20243a",
    "--tb-line": "#25272c",
    "--tb-focus": "#7d8eec",
    "--tb-good": "#67cf98",
    "--tb-good-ground": "#142a1f",
    "--tb-warn": "#e9b261",
    "--tb-warn-ground": "#2e2413",
    "--tb-bad": "#f58e87",
    "--tb-bad-ground": "#351a1a",
    "--tb-info": "#a9b5f6",
    "--tb-info-ground": "#1e2342",
    "--tb-quiet": "#aeb2bd",
    "--tb-quiet-ground": "#24262b",
  },
});
