/** A first look at a GeoJSON file before it is sent, so that a wrong file is named at once. */
export type ShapesFault = 'notJson' | 'notCollection' | 'empty' | 'noCodes';

function get(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

export function readShapes(text: string): { readonly shapes: unknown; readonly codes: readonly string[] } | { readonly fault: ShapesFault } {
  let shapes: unknown;
  try {
    shapes = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { fault: 'notJson' };
  }
  const features = get(shapes, 'features');
  if (get(shapes, 'type') !== 'FeatureCollection' || !Array.isArray(features)) return { fault: 'notCollection' };
  if (features.length === 0) return { fault: 'empty' };
  const codes = features.flatMap((feature: unknown) => {
    const code = get(get(feature, 'properties'), 'adcode');
    return typeof code === 'string' || typeof code === 'number' ? [String(code)] : [];
  });
  return codes.length === 0 ? { fault: 'noCodes' } : { shapes, codes };
}
