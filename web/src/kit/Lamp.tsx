/** The clock of a duty: green, yellow, red, paused, stopped. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type LampState = 'green' | 'yellow' | 'red' | 'paused' | 'stopped';

const SHAPES: Readonly<Record<LampState, ReactNode>> = {
  green: <circle cx="7" cy="7" r="6" />,
  yellow: <path d="M7 .8l6.6 12H.4z" />,
  red: <path d="M4.2.5h5.6L13.500 4.2v5.600L9.800 13.500H4.200L.5 9.800V4.200z" />,
  paused: (
    <>
      <rect x="2.2" y="1.5" width="3.4" height="11" rx="1" />
      <rect x="8.4" y="1.5" width="3.4" height="11" rx="1" />
    </>
  ),
  stopped: (
    <>
      <path fillRule="evenodd" d="M7 .8a6.2 6.2 0 1 1 0 12.400A6.200 6.200 0 0 1 7 .8zm0 1.500a4.700 4.700 0 1 0 0 9.400 4.700 4.700 0 0 0 0-9.400z" />
      <path className="ring" d="M4.8 7.1l1.6 1.6 2.9-3.3" />
    </>
  ),
};

export function Lamp({ state, word }: { readonly state: LampState; readonly word?: string }) {
  const { t } = useTranslation();
  return (
    <span className={`lamp ${state}`}>
      <svg className="i" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
        {SHAPES[state]}
      </svg>
      {word ?? t(`lamp.${state}`)}
    </span>
  );
}
