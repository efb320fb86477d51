/** The journal of the whole installation, newest first. */
import { useTranslation } from 'react-i18next';
import { PageHeading } from '@/blocks/Page';
import { Entries } from './Entries';
import './administration.css';

export default function JournalPage() {
  const { t } = useTranslation('administration');
  return (
    <div className="wrap desk-page">
      <PageHeading title={t('journal')}>{t('journal')}</PageHeading>
      <p className="soft">{t('journalLead')}</p>
      <section className="panel below" aria-label={t('journal')}>
        <Entries path="/administration/journal" />
      </section>
    </div>
  );
}
