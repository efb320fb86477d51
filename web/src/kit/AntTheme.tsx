/**
 * Ant Design in our tokens. Colours and heights are read from tokens.css (the only place with raw values) when the
 * display changes. `desk` is 14 px and 36 high; `firm` is 16 px and 44 high. Wrap pages that use Ant parts; pages
 * without any (the Hall) stay free of its weight.
 */
import { ConfigProvider, theme as ant, type ThemeConfig } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useMemo, type ReactNode } from 'react';
import { useDisplay, type Display } from './display';
import { useLang } from './language';

export type Density = 'desk' | 'firm';

function themeOf(density: Density, display: Display): ThemeConfig {
  const style = getComputedStyle(document.documentElement);
  const raw = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const px = (name: string) => Number.parseInt(raw(name), 10) || 0;
  const size = (density === 'firm' ? 16 : 14) * (display.large ? 1.25 : 1);
  const height = density === 'firm' && !display.large ? 44 : px('h') || 36;
  return {
    algorithm: display.theme === 'dark' ? ant.darkAlgorithm : ant.defaultAlgorithm,
    token: {
      colorPrimary: raw('accent'), colorLink: raw('accent'), colorInfo: raw('accent'),
      colorPrimaryHover: raw('accent-strong'), colorPrimaryActive: raw('accent-strong'),
      colorLinkHover: raw('accent-strong'), colorTextLightSolid: raw('on-accent'),
      controlItemBgActive: raw('accent-tint'), controlItemBgHover: raw('ground'),
      colorText: raw('ink'), colorTextSecondary: raw('ink-2'), colorTextTertiary: raw('ink-3'),
      colorTextDescription: raw('ink-3'), colorTextPlaceholder: raw('ink-3'),
      colorBorder: raw('edge'), colorSplit: raw('line'), colorBorderSecondary: raw('line-2'),
      colorBgLayout: raw('ground'), colorBgContainer: raw('paper'), colorBgElevated: raw('paper'), colorFillAlter: raw('sunk'),
      colorSuccess: raw('yes-fill'), colorWarning: raw('unknown-fill'), colorError: raw('no-fill'),
      borderRadiusSM: px('r1'), borderRadius: px('r2'), borderRadiusLG: px('r3'),
      controlHeightSM: px('h-sm'), controlHeight: height, controlHeightLG: px('h-lg'),
      fontFamily: raw('font'), fontSize: size, fontSizeSM: size - 2, fontSizeLG: 16 * (display.large ? 1.25 : 1),
      fontWeightStrong: 600, motionDurationFast: '0.12s', motionDurationMid: '0.2s',
      boxShadowSecondary: raw('shadow-pop'), wireframe: false,
    },
    components: {
      Table: { headerBg: raw('paper'), headerColor: raw('ink-3'), cellPaddingBlock: 9, rowHoverBg: raw('ground'), headerSplitColor: 'transparent', borderColor: raw('line') },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Tabs: { inkBarColor: raw('accent') },
    },
  };
}

export function AntTheme({ density, children }: { readonly density: Density; readonly children: ReactNode }) {
  const display = useDisplay();
  const lang = useLang();
  const theme = useMemo(() => themeOf(density, display), [density, display]);
  return (
    <ConfigProvider theme={theme} locale={lang === 'zh' ? zhCN : enUS} wave={{ disabled: true }} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  );
}
