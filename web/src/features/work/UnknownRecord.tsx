/** An address that names no record type the reader may see. */
import { useTranslation } from 'react-i18next';
import { Crumbs } from '@/blocks/Crumbs';
import { PageHeading } from '@/blocks/Page';
import { Empty } from '@/kit/Empty';
import { ButtonLink } from '@/kit/Button';

export function UnknownRecord() {
  const { t } = useTranslation('work');
  return (
    <div className="wrap desk-page">
      <Crumbs items={[{ label: t('title'), href: '/work/records' }]} />
      <PageHeading title={t('unknown')}>{t('unknown')}</PageHeading>
      <Empty title={t('unknownWhat')} why={t('unknownWhy')}>
        <ButtonLink href="/work/records">{t('title')}</ButtonLink>
      </Empty>
    </div>
  );
}
