/** The map's answer, and what the page makes of it: state in the address, shades, places on the grid. */
import type { Text, Words } from '@/api/types';
import type { Query } from '@/lib/search';

export const MEASURES = ['firms', 'policies', 'parks'] as const;
export type Measure = (typeof MEASURES)[number];

export interface Region {
  readonly code: string;
  readonly name: Text;
  readonly level: string;
  readonly parent: string | null;
  readonly tile: { readonly x: number; readonly y: number } | null;
  readonly counts: Readonly<Record<Measure, number>>;
}

export interface MapPark {
  readonly id: string;
  readonly title: Words;
  readonly region: string | null;
  readonly lead: Words | null;
  readonly feature: Words | null;
}

export interface MapAnswer {
  readonly regions: readonly Region[];
  readonly parks: readonly MapPark[];
  /** GeoJSON as imported; read by `shapesOf`. */
  readonly shapes: unknown;
}

export interface MapState {
  readonly measure: Measure;
  readonly region: string;
  readonly view: 'map' | 'table';
}

export function parseMap(search: string): MapState {
  const params = new URLSearchParams(search);
  return {
    measure: MEASURES.find((one) => one === params.get('measure')) ?? 'firms',
    region: params.get('region') ?? '',
    view: params.get('view') === 'table' ? 'table' : 'map',
  };
}

export function mapAddress(state: MapState): Query {
  return { measure: state.measure === 'firms' ? '' : state.measure, region: state.region, view: state.view === 'table' ? 'table' : '' };
}

/** Regions with a place on one parent's grid; `large` grids (a province) first. */
export function grids(regions: readonly Region[]): ReadonlyArray<{ readonly parent: string; readonly regions: readonly Region[] }> {
  const parents = [...new Set(regions.filter((one) => one.tile !== null).map((one) => one.parent ?? ''))];
  return parents
    .map((parent) => ({ parent, regions: regions.filter((one) => one.tile !== null && (one.parent ?? '') === parent) }))
    .sort((a, b) => b.regions.length - a.regions.length);
}

export const SHADES = 5;

/** Shade 0 (nothing) to 5 of each value: equal shares of the regions that have something, so one giant leaves the rest apart. */
export function shadeOf(value: number, all: readonly number[]): number {
  if (value <= 0) return 0;
  const some = [...new Set(all.filter((one) => one > 0))].sort((a, b) => a - b);
  const at = some.findIndex((one) => one >= value);
  return Math.min(SHADES, 1 + Math.floor(((at < 0 ? some.length - 1 : at) * SHADES) / some.length));
}

/** The nearest region in the arrow's direction, or null at the edge. */
export function neighbour(regions: readonly Region[], from: Region, key: string): Region | null {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  const [dx = 0, dy = 0] = step ?? [];
  if (!from.tile || (dx === 0 && dy === 0)) return null;
  const { x, y } = from.tile;
  const reach = regions.flatMap((region) => {
    if (!region.tile || region === from) return [];
    const along = (region.tile.x - x) * dx + (region.tile.y - y) * dy;
    const aside = Math.abs((region.tile.x - x) * dy) + Math.abs((region.tile.y - y) * dx);
    return along > 0 ? [{ region, far: along + aside * 2 }] : [];
  });
  return reach.sort((a, b) => a.far - b.far)[0]?.region ?? null;
}

/** The region and everything below it. */
export function within(regions: readonly Region[], code: string): ReadonlySet<string> {
  const inside = new Set([code]);
  for (let before = 0; before !== inside.size; ) {
    before = inside.size;
    for (const region of regions) if (region.parent !== null && inside.has(region.parent)) inside.add(region.code);
  }
  return inside;
}
