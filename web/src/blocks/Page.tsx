/** A page: sets the window title, and moves focus to its heading when the reader came from another page. */
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

let arrived = false;
/** Called by the shell once the first page stands; from then on headings take focus. */
export function markArrived(): void {
  arrived = true;
}

export function usePageTitle(title: string): void {
  const { t } = useTranslation();
  const brand = t('brand');
  useEffect(() => {
    document.title = title === '' ? brand : `${title} · ${brand}`;
  }, [title, brand]);
}

interface HeadingProps {
  readonly children: ReactNode;
  /** The window title, when it differs from the heading's words. */
  readonly title: string;
  readonly className?: string;
}

/** The page's one h1. */
export function PageHeading({ children, title, className }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title);
  useEffect(() => {
    if (arrived) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
}
