/** GeoJSON polygons on a flat page: longitude shrunk by the middle latitude's cosine, fitted to a width. No library. */
type Point = readonly [number, number];
type Ring = readonly Point[];

export interface Shape {
  readonly code: string;
  /** SVG path. */
  readonly path: string;
  /** Where its name stands: the middle of its largest ring. */
  readonly at: Point;
}

export interface Drawing {
  readonly shapes: readonly Shape[];
  readonly width: number;
  readonly height: number;
}

function get(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function point(value: unknown): Point | null {
  if (!Array.isArray(value)) return null;
  const [x, y]: readonly unknown[] = value;
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : null;
}

function ring(value: unknown): Ring {
  return Array.isArray(value) ? value.map(point).filter((one): one is Point => one !== null) : [];
}

/** All rings of a Polygon or MultiPolygon; nothing of other geometries. */
function rings(geometry: unknown): readonly Ring[] {
  const coordinates = get(geometry, 'coordinates');
  if (!Array.isArray(coordinates)) return [];
  if (get(geometry, 'type') === 'Polygon') return coordinates.map(ring);
  return get(geometry, 'type') === 'MultiPolygon' ? coordinates.flatMap((polygon: unknown) => (Array.isArray(polygon) ? polygon.map(ring) : [])) : [];
}

function middle(points: Ring): Point {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}

/** The features with these codes, drawn `width` wide; null when there is nothing to draw. */
export function drawingOf(geojson: unknown, codes: ReadonlySet<string>, width: number): Drawing | null {
  const features = get(geojson, 'features');
  if (!Array.isArray(features)) return null;
  const found = features.flatMap((feature: unknown) => {
    const code = String(get(get(feature, 'properties'), 'adcode') ?? '');
    const own = rings(get(feature, 'geometry')).filter((one) => one.length > 2);
    return codes.has(code) && own.length > 0 ? [{ code, rings: own }] : [];
  });
  const all = found.flatMap((one) => one.rings.flat());
  if (all.length === 0) return null;
  const span = (values: readonly number[]) => values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [Infinity, -Infinity] as const);
  const [south, north] = span(all.map(([, y]) => y));
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [west, east] = span(all.map(([x]) => x * shrink));
  const scale = width / Math.max(east - west, 1e-9);
  const place = ([x, y]: Point): Point => [round((x * shrink - west) * scale), round((north - y) * scale)];
  return {
    width,
    height: round((north - south) * scale),
    shapes: found.map((one) => {
      const placed = one.rings.map((points) => points.map(place));
      const largest = [...placed].sort((a, b) => b.length - a.length)[0] ?? [];
      return { code: one.code, path: placed.map((points) => `M${points.map(([x, y]) => `${x} ${y}`).join('L')}Z`).join(''), at: middle(largest) };
    }),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
