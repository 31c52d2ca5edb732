import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#eef1ff',
  '#dce2ff',
  '#b8c3ff',
  '#93a4ff',
  '#7488fa',
  '#5b71f2',
  '#3f57e3',
  '#3049d6',
  '#253bb3',
  '#1b2d8c',
];

/** The head of a dialog is no banner of the page, which a `<header>` outside of everything would be. */
const noBanner = { header: { role: 'presentation' } };

const titled = { title: { fontSize: '1rem', fontWeight: 600, lineHeight: 1.35 } };

/** For what ends something. White on its buttons passes AA on both themes. */
const red: MantineColorsTuple = [
  '#fdeae8',
  '#fbd3d0',
  '#f9bab5',
  '#ffaaa2',
  '#ff9a91',
  '#ff8a80',
  '#d5332a',
  '#c4221a',
  '#a31a13',
  '#7f120d',
];

const toneOf = (name: string) => ({ '--alert-bg': `var(--${name}-soft)`, '--alert-color': `var(--${name})` });

/** Notes have the colours of the states that they are about. */
const tones: Readonly<Record<string, Readonly<Record<`--alert-${'bg' | 'color'}`, string>>>> = {
  red: toneOf('stopped'),
  orange: toneOf('attention'),
  green: toneOf('ok'),
  indigo: toneOf('waiting'),
};

/** System fonts, one accent, an 8-px grid; what floats has a shadow, and nothing moves for longer than 150 ms. */
export const theme = createTheme({
  colors: { indigo, red },
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Inter, Roboto, 'Liberation Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontWeight: '650' },
  components: {
    Alert: { vars: (_: unknown, { color = 'indigo' }: { readonly color?: string }) => ({ root: tones[color] ?? {} }) },
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.4 }, attributes: noBanner },
      styles: titled,
    },
    Drawer: {
      defaultProps: { transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.25 }, attributes: noBanner },
      styles: titled,
    },
    Menu: {
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 80 },
        // A menu has nothing but its items in it, and is part of the content.
        withInitialFocusPlaceholder: false,
        portalProps: { target: '#content' },
      },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Tooltip: { defaultProps: { transitionProps: { duration: 80 }, withArrow: true } },
    Button: { defaultProps: { size: 'sm' } },
  },
});

/** The colours of this product, for both themes. Text in them passes AA on the page and on cards. */
export const colors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--page': '#f6f7f9',
    '--card': '#ffffff',
    '--line': '#dfe3ea',
    '--soft': '#566072',
    '--accent': '#3049d6',
    '--row-hover': '#f2f4f9',
    '--row-selected': '#eef1ff',
    '--ok': '#18794e',
    '--waiting': '#3b5bdb',
    '--attention': '#a15c00',
    '--stopped': '#c4221a',
    '--ok-soft': '#e6f4ec',
    '--waiting-soft': '#e9edff',
    '--attention-soft': '#fdf1dd',
    '--stopped-soft': '#fdeae8',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#566072',
    '--mantine-color-placeholder': '#66707f',
    '--mantine-color-error': '#c4221a',
  },
  dark: {
    '--page': '#101216',
    '--card': '#181b21',
    '--line': '#2b303a',
    '--soft': '#9aa4b5',
    '--accent': '#93a4ff',
    '--row-hover': '#1f232b',
    '--row-selected': '#232a4a',
    '--ok': '#5bd79b',
    '--waiting': '#93a4ff',
    '--attention': '#f5b454',
    '--stopped': '#ff8a80',
    '--ok-soft': '#12291d',
    '--waiting-soft': '#1d2344',
    '--attention-soft': '#33260f',
    '--stopped-soft': '#3a1917',
    '--mantine-color-body': '#181b21',
    '--mantine-color-dimmed': '#9aa4b5',
    '--mantine-color-placeholder': '#8b95a5',
    '--mantine-color-error': '#ff8a80',
  },
});
