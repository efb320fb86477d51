/** A deadline always says what is left; within 15 days it is amber. */
import { useTranslation } from 'react-i18next';
import { dayInWords, daysBetween } from '@/lib/dates';
import { useLang } from '@/kit/language';

export const SOON_DAYS = 15;

export function Deadline({ day, today }: { readonly day: string; readonly today: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const left = daysBetween(today, day);
  const soon = left !== null && left >= 0 && left <= SOON_DAYS;
  const rest = left === null ? '' : left < 0 ? t('over') : left === 0 ? t('today') : t('daysLeft', { count: left });
  return (
    <span className={soon ? 'due soon' : 'due'}>
      <span className="nw">{t('deadline', { day: dayInWords(day, lang, today) })}</span>
      {left === null || left > 120 ? null : (
        <>
          <i className="cm">{lang === 'zh' ? '，' : ', '}</i>
          <span className="nw">{rest}</span>
        </>
      )}
    </span>
  );
}
