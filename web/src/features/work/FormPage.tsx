/** The frame of the two form pages: crumbs, heading, refusals. */
import type { ReactNode } from 'react';
import { Crumbs, type Crumb } from '@/blocks/Crumbs';
import { PageHeading } from '@/blocks/Page';

interface Props {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly children: ReactNode;
}

export function FormPage({ crumbs, title, children }: Props) {
  return (
    <div className="wrap desk-page form-page">
      <Crumbs items={crumbs} />
      <PageHeading title={title}>{title}</PageHeading>
      {children}
    </div>
  );
}
