/** Waiting parts, in the heights of what comes. They appear after 200 ms (CSS) and are heard once. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function Bone({ width, height }: { readonly width: string; readonly height?: string }) {
  return <i className="sk" style={{ width, ...(height ? { height } : {}) }} />;
}

export function Waiting({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  const { t } = useTranslation();
  return (
    <div className={`waiting ${className ?? ''}`} role="status" aria-busy="true" aria-label={t('loading')}>
      {children}
    </div>
  );
}

const WIDTHS = ['62%', '88%', '74%', '54%', '80%'] as const;

export function SkeletonLines({ lines = 4 }: { readonly lines?: number }) {
  return (
    <Waiting>
      {Array.from({ length: lines }, (_, at) => (
        <Bone key={at} width={WIDTHS[at % WIDTHS.length] ?? '80%'} />
      ))}
    </Waiting>
  );
}

/** Rows of a list: a heading and a caption each. */
export function SkeletonRows({ rows = 5 }: { readonly rows?: number }) {
  return (
    <Waiting>
      {Array.from({ length: rows }, (_, at) => (
        <div className="sk-row" key={at}>
          <Bone width={WIDTHS[at % WIDTHS.length] ?? '70%'} height="1.125rem" />
          <Bone width="38%" />
        </div>
      ))}
    </Waiting>
  );
}

/** A page whose code or texts are on the way. */
export function SkeletonPage() {
  return (
    <div className="wrap sk-page">
      <Waiting>
        <Bone width="40%" height="2rem" />
        <Bone width="66%" />
        <Bone width="100%" height="7rem" />
        <Bone width="88%" />
        <Bone width="74%" />
        <Bone width="80%" />
      </Waiting>
    </div>
  );
}
