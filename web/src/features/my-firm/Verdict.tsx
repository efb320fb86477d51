/** The answer in one box: the word, the count of conditions, and for a near miss how far it is. */
import { useTranslation } from 'react-i18next';
import type { PolicyAnswer } from '@/api/matches';
import { join } from '@/lib/text';
import { useLang } from '@/kit/language';
import { Mark } from '@/kit/Mark';
import { NearLine } from './rows';

export type VerdictKind = 'yes' | 'no' | 'near' | 'unknown';

export function verdictOf(answer: Pick<PolicyAnswer, 'answer' | 'near'>): VerdictKind {
  return answer.answer === 'no' && answer.near !== null ? 'near' : answer.answer;
}

export function Verdict({ answer, mine, today }: { readonly answer: PolicyAnswer; readonly mine: boolean; readonly today: string }) {
  const { t } = useTranslation('my-firm');
  const lang = useLang();
  const kind = verdictOf(answer);
  const { yes, no, unknown, person } = answer.summary;
  const words = {
    yes: mine ? t('answer.yes') : t('answer.yesTheirs'),
    no: mine ? t('answer.no') : t('answer.noTheirs'),
    near: mine ? t('answer.near') : t('answer.nearTheirs'),
    unknown: t('answer.unknown'),
  };
  const counts = join(
    [
      yes > 0 && t('answer.countYes', { count: yes }),
      no > 0 && t('answer.countNo', { count: no }),
      unknown > 0 && t('answer.countUnknown', { count: unknown }),
      person > 0 && t('answer.countPerson', { count: person }),
    ],
    lang === 'zh' ? '，' : ', ',
  );
  return (
    <div className={`verdict ${kind}`}>
      <Mark kind={kind} quiet />
      <div>
        <b>{words[kind]}</b>
        <p>
          {t('answer.count', { count: yes + no + unknown })}
          {counts}
          {lang === 'zh' ? '。' : '.'}
        </p>
        {answer.near ? <NearLine near={answer.near} today={today} /> : null}
      </div>
    </div>
  );
}
