import {
  type ActionIconProps,
  type AlertProps,
  type BadgeProps,
  type ButtonProps,
  type CardProps,
  type ComboboxProps,
  type CSSVariablesResolver,
  createTheme,
  type DrawerProps,
  type InputWrapperProps,
  type ModalProps,
  type PaperProps,
  type SkeletonProps,
  type TableProps,
  type TooltipProps,
} from "@mantine/core";
import type { CSSProperties } from "react";

/** The one accent: a deep tide green-blue that stays clear of the colours of risk. */
const tide = [
  "#e6f6f8",
  "#cfe9ed",
  "#a2d3dc",
  "#71bcc9",
  "#4aa9b9",
  "#2f9dae",
  "#1a8fa1",
  "#0d7b8c",
  "#0b6977",
  "#085662",
] as const;

const gray = [
  "#f6f8fa",
  "#eef1f5",
  "#e1e6ec",
  "#cfd6df",
  "#b5bfca",
  "#93a0ae",
  "#5f6c7c",
  "#465260",
  "#303a46",
  "#1b232c",
] as const;

const dark = [
  "#d5dce4",
  "#b4bec9",
  "#8f9baa",
  "#5b6878",
  "#364250",
  "#29333f",
  "#1d2630",
  "#151c24",
  "#10161d",
  "#0b1015",
] as const;

type Look<Props> = { defaultProps?: Partial<Props>; styles?: Record<string, CSSProperties> };

/** As each component's own `extend`, which would bring the component itself into the first script of every screen. */
const look = <Props>(of: Look<Props>): Look<Props> => of;

export const theme = createTheme({
  colors: { tide, gray, dark },
  primaryColor: "tide",
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  defaultRadius: "sm",
  cursorType: "pointer",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, monospace',
  headings: {
    fontWeight: "620",
    sizes: { h1: { fontSize: "1.375rem" }, h2: { fontSize: "1.0625rem" }, h3: { fontSize: "0.9375rem" } },
  },
  radius: { xs: "3px", sm: "6px", md: "9px", lg: "12px", xl: "18px" },
  components: {
    Button: look<ButtonProps>({ defaultProps: { size: "sm" } }),
    ActionIcon: look<ActionIconProps>({ defaultProps: { variant: "subtle", color: "gray" } }),
    Alert: look<AlertProps>({ defaultProps: { variant: "light" } }),
    Badge: look<BadgeProps>({ defaultProps: { variant: "light", radius: "sm", tt: "none", fw: 560 } }),
    // The one ground that everything on the canvas has, tables and cards alike.
    Card: look<CardProps>({ styles: { root: { backgroundColor: "var(--mantine-color-body)" } } }),
    Combobox: look<ComboboxProps>({ defaultProps: { shadow: "md" } }),
    Drawer: look<DrawerProps>({
      defaultProps: { position: "right", size: "lg", closeButtonProps: { "aria-label": "Close" } },
    }),
    // Two pixels less than the field's own size would be ten of the smallest ones.
    InputWrapper: look<InputWrapperProps>({ styles: { description: { fontSize: "var(--mantine-font-size-xs)" } } }),
    Modal: look<ModalProps>({
      styles: { title: { fontWeight: 620, fontSize: "1.0625rem" } },
      defaultProps: { centered: true, closeButtonProps: { "aria-label": "Close" } },
    }),
    Paper: look<PaperProps>({ defaultProps: { withBorder: true, radius: "md" } }),
    Skeleton: look<SkeletonProps>({ defaultProps: { radius: "sm" } }),
    Table: look<TableProps>({
      defaultProps: { verticalSpacing: "xs", horizontalSpacing: "md", highlightOnHover: true },
    }),
    Tooltip: look<TooltipProps>({
      defaultProps: { withArrow: true, openDelay: 200, events: { hover: true, focus: true, touch: true } },
    }),
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#ffffff",
    "--tocsin-canvas": "#f4f6f8",
    "--mantine-color-text": "#1b232c",
    // Mantine's own are below 4.5:1 on their light grounds.
    "--mantine-color-yellow-light-color": "#7a4a00",
    "--mantine-color-orange-light-color": "#963a05",
    "--mantine-color-teal-light-color": "#07684f",
    "--mantine-color-red-light-color": "#b42318",
    "--mantine-color-error": "#c92a2a",
    "--mantine-color-red-text": "#b42318",
    "--mantine-color-placeholder": "#65717f",
  },
  dark: {
    "--mantine-color-body": "#151c24",
    "--tocsin-canvas": "#0e141a",
    "--mantine-color-text": "#d5dce4",
    "--mantine-color-error": "#ff8787",
    "--mantine-color-red-text": "#ff8787",
    "--mantine-color-placeholder": "#8391a0",
    "--mantine-color-red-filled": "#e03131",
    "--mantine-color-red-filled-hover": "#c92a2a",
    ...tint("gray", "147 160 174", "#c3ccd6"),
    ...tint("tide", "74 169 185", "#97d8e2"),
    ...tint("red", "250 82 82", "#ffa3a3"),
    ...tint("orange", "253 126 20", "#ffb675"),
    ...tint("yellow", "250 176 5", "#ffd666"),
    ...tint("teal", "18 184 134", "#6fe0bb"),
  },
});

/** A colour's light variant on dark grounds: a breath of it below, legible above. */
function tint(color: string, rgb: string, text: string): Record<string, string> {
  return {
    [`--mantine-color-${color}-light`]: `rgb(${rgb} / 15%)`,
    [`--mantine-color-${color}-light-hover`]: `rgb(${rgb} / 22%)`,
    [`--mantine-color-${color}-light-color`]: text,
  };
}
