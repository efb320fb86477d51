/** Every feature's manifest, found by its place in the tree. Fixed paths come before patterns, longer before shorter. */
import { lazy, type ComponentType } from 'react';
import type { PlaceKey } from '@/api/types';
import type { Feature, Frame, SubLink } from '@/blocks/feature';
import type { IconName } from '@/kit/Icon';

const found = import.meta.glob<{ feature: Feature }>('../features/*/manifest.ts', { eager: true });
export const features: readonly Feature[] = Object.values(found).map((module) => module.feature);

export interface Page {
  readonly path: string;
  readonly frame: Frame;
  readonly open: boolean;
  readonly place: PlaceKey;
  readonly Component: ComponentType;
}

function weight(path: string): number {
  return path.split('/').reduce((sum, part) => sum + (part.startsWith(':') ? 1 : part === '' ? 0 : 10), 0);
}

export const pages: readonly Page[] = features
  .flatMap((feature) =>
    feature.routes.map((route) => ({
      path: route.path,
      frame: route.frame,
      open: route.open ?? false,
      place: route.place ?? feature.place,
      Component: lazy(route.load),
    })),
  )
  .sort((a, b) => weight(b.path) - weight(a.path));

export interface Place {
  readonly key: PlaceKey;
  readonly path: string;
  readonly icon: IconName;
}

const PLACES: readonly Place[] = [
  { key: 'hall', path: '/', icon: 'home' },
  { key: 'my-firm', path: '/my-firm', icon: 'firm' },
  { key: 'work', path: '/work', icon: 'work' },
  { key: 'drive', path: '/drive', icon: 'flag' },
  { key: 'map', path: '/map', icon: 'map' },
  { key: 'cockpit', path: '/cockpit', icon: 'gauge' },
  { key: 'administration', path: '/administration', icon: 'gear' },
];

/** The places the account may use and that have a page to land on. */
export function placesFor(allowed: readonly PlaceKey[]): readonly Place[] {
  return PLACES.filter((place) => allowed.includes(place.key) && pages.some((page) => page.path === place.path));
}

/** Where a fresh sign-in lands: the first place that is not the Hall. */
export function landing(allowed: readonly PlaceKey[]): string {
  return placesFor(allowed).find((place) => place.key !== 'hall' && place.key !== 'map')?.path ?? '/';
}

export function subLinks(place: PlaceKey, roles: readonly string[]): readonly SubLink[] {
  return features
    .filter((feature) => feature.place === place)
    .flatMap((feature) => feature.sub ?? [])
    .filter((link) => link.roles === undefined || link.roles.some((role) => roles.includes(role)))
    .sort((a, b) => (a.order ?? 50) - (b.order ?? 50));
}
