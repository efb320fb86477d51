/** A deadline always says what is left; within 15 days it is amber. */
import { useTranslation } from 'react-i18next';
import { dayInWords, daysBetween } from '@/lib/dates';
import { useLang } from '@/kit/language';

export const SOON_DAYS = 15;

interface Props {
  readonly day: string;
  readonly today: string;
  /** A day by which something is due, rather than one on which something closes. */
  readonly due?: boolean;
}

export function Deadline({ day, today, due = false }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const left = daysBetween(today, day);
  const soon = left !== null && left >= 0 && left <= SOON_DAYS;
  const rest = left === null ? '' : left < 0 ? (due ? t('overdue') : t('over')) : left === 0 ? (due ? t('dueToday') : t('today')) : t('daysLeft', { count: left });
  return (
    <span className={soon ? 'due soon' : 'due'}>
      <span className="nw">{due ? dayInWords(day, lang, today) : t('deadline', { day: dayInWords(day, lang, today) })}</span>
      {left === null || left > 120 ? null : (
        <>
          <i className="cm">{lang === 'zh' ? '，' : ', '}</i>
          <span className="nw">{rest}</span>
        </>
      )}
    </span>
  );
}
