/** What a feature tells the shell. `src/features/<key>/manifest.ts` exports `feature: Feature`; nothing else registers it. */
import type { ComponentType } from 'react';
import type { PlaceKey, Text } from '@/api/types';

/** `public`: column on grey ground, 16 px. `firm`: column on white, 16 px. `desk`: full width, 14 px, grey ground. */
export type Frame = 'public' | 'firm' | 'desk';

export interface FeatureRoute {
  /** wouter pattern, such as `/policies/:id`. */
  readonly path: string;
  readonly frame: Frame;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  /** Open to anyone; otherwise an account that has the feature's place is needed. */
  readonly open?: boolean;
  /** When the page belongs to another place than the feature's. */
  readonly place?: PlaceKey;
}

export interface SubLink {
  readonly path: string;
  readonly label: Text;
  /** Shown only to accounts with one of these roles. */
  readonly roles?: readonly string[];
  readonly order?: number;
}

export interface Feature {
  readonly key: string;
  readonly place: PlaceKey;
  readonly routes: readonly FeatureRoute[];
  /** Entries in the second row of the place's navigation. */
  readonly sub?: readonly SubLink[];
}
