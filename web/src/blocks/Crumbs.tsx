/** The way back up; the page itself is the heading below, not a crumb. */
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

export interface Crumb {
  readonly label: string;
  readonly href: string;
}

export function Crumbs({ items }: { readonly items: readonly Crumb[] }) {
  const { t } = useTranslation();
  return (
    <nav className="crumb" aria-label={t('crumb')}>
      {items.map((item, at) => (
        <Fragment key={item.href}>
          {at === 0 ? null : <span aria-hidden="true">/</span>}
          <Link href={item.href}>{item.label}</Link>
        </Fragment>
      ))}
    </nav>
  );
}
