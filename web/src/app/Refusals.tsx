/** Pages for an address that leads nowhere and for one the account may not open. */
import { useTranslation } from 'react-i18next';
import { PageHeading } from '@/blocks/Page';
import { ButtonLink } from '@/kit/Button';

export function Absent() {
  const { t } = useTranslation();
  return <Refusal title={t('errors.page')} detail={t('errors.pageDetail')} />;
}

export function Denied() {
  const { t } = useTranslation();
  return <Refusal title={t('errors.denied')} detail={t('errors.deniedDetail')} />;
}

function Refusal({ title, detail }: { readonly title: string; readonly detail: string }) {
  const { t } = useTranslation();
  return (
    <div className="wrap sk-page">
      <PageHeading title={title}>{title}</PageHeading>
      <p className="soft refusal">{detail}</p>
      <div className="row wrap-row">
        <ButtonLink href="/">{t('errors.home')}</ButtonLink>
      </div>
    </div>
  );
}
