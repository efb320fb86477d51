/** Line icons on a 16-unit square, 1em, currentColor. Decorative: the word beside it, or an aria-label on its button, says it. */
const PATHS = {
  home: 'M2.5 7.5L8 2.8l5.5 4.7V13a.5.5 0 0 1-.5.5H10v-4H6v4H3a.5.5 0 0 1-.5-.5z',
  firm: 'M2 14h12M3.5 14V6l4-2.500V14M7.500 7l5 2v5M5.500 7.500v0M5.500 10v0M10 11v0',
  work: 'M2.500 9.500l2-6h7l2 6v3.500h-11zM2.500 9.500H6l.7 1.500h2.600l.7-1.500h3.500',
  map: 'M2 4l4-1.500 4 1.500 4-1.500v9.500l-4 1.500-4-1.500-4 1.500zM6 2.500V12M10 4v9.500',
  gear: 'M2.500 4.500h6M11.500 4.500h2M2.500 11.500h2M7.500 11.500h6M10 3v3M6 10v3',
  flag: 'M4 14V2.500M4 3h8.500L10.500 6l2 3H4',
  gauge: 'M2.500 12a6 6 0 1 1 11 0M8 11l3-4.500',
  search: 'M11.500 7a4.500 4.500 0 1 1-9 0 4.500 4.500 0 0 1 9 0zM10.500 10.500L14 14',
  right: 'M6 3.500L10.500 8 6 12.500',
  left: 'M10 3.500L5.500 8l4.500 4.500',
  down: 'M3.500 6L8 10.500 12.500 6',
  up: 'M3.500 10L8 5.500 12.500 10',
  close: 'M4 4l8 8M12 4l-8 8',
  filter: 'M2.500 4h11M4.500 8h7M6.500 12h3',
  download: 'M8 2.500v7.500M5 7.500L8 10.500l3-3M3 13.500h10',
  lock: 'M4 7.500h8v6H4zM5.500 7.500V5.500a2.500 2.500 0 0 1 5 0v2',
  plus: 'M8 3v10M3 8h10',
  check: 'M3.500 8.500l3 3 6-7',
  moon: 'M13 9.500A5.500 5.500 0 1 1 6.500 3a4.500 4.500 0 0 0 6.500 6.500z',
  sun: 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM8 1.500v1M8 13.500v1M1.500 8h1M13.500 8h1M3.400 3.400l.7.7M11.900 11.900l.7.7M12.600 3.400l-.7.7M4.100 11.900l-.7.7',
  type: 'M2 13L5.500 4 9 13M3.200 10h4.600M10 13l2-5.500 2 5.500M10.700 11.200h2.600',
  copy: 'M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3',
  undo: 'M3 6.500h6.500a3.500 3.500 0 0 1 0 7H6M5.500 4L3 6.500 5.500 9',
  edit: 'M3 13l.7-3L10.500 3.200l2.300 2.300L6 12.300z',
  history: 'M2.800 8a5.200 5.200 0 1 0 1.700-3.800M2.500 2.500v2.300h2.300M8 5v3l2 1.500',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg className={className ? `i ${className}` : 'i'} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
